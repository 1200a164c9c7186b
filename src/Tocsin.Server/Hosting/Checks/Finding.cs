namespace Tocsin.Server.Hosting.Checks;

/// <summary>What one check found. Remedy: null when all is well, else what to do.</summary>
sealed record Finding(string Subject, string Fact, string? Remedy = null)
{
    public bool IsWell => Remedy is null;
}
