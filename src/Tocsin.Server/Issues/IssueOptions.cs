namespace Tocsin.Server.Issues;

/// <summary>Bounds on the issues of a project.</summary>
sealed record IssueOptions
{
    /// <summary>Issues that may begin in one project within an hour; null: any number.</summary>
    public int? NewPerHour { get; init; } = 5_000;
}
