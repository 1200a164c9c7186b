namespace Tocsin.Server.Traces;

/// <summary>What makes spans comparable. Transaction: a segment's; null for other spans, which have a group.</summary>
readonly record struct UsualKey(long ProjectId, string? Transaction, long Group)
{
    /// <param name="group">0: it has none.</param>
    public static UsualKey? Of(long projectId, bool isSegment, string? transaction, long group) =>
        isSegment
            ? transaction is { } name
                ? new UsualKey(projectId, name, 0)
                : null
            : group != 0
                ? new UsualKey(projectId, null, group)
                : null;
}
