namespace Tocsin.Server.Releases;

/// <summary>Which releases a list shows. Text: a part of the version. Sort: one of <see cref="ReleaseSort.Names"/>.</summary>
sealed record ReleaseList(long OrganizationId, IReadOnlyList<long> Projects)
{
    public string? Text { get; init; }
    public string? Status { get; init; }
    public string Sort { get; init; } = ReleaseSort.Date;
    public required int Limit { get; init; }
    public required int Offset { get; init; }
}
