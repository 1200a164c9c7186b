using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Api;

/// <summary>
/// What Sentry has no word for. Partial: not all rows were read, because time ran out, a day's file is damaged or a trace has more than an answer holds.
/// Sampled: rows stand for others that their clients did not send or that were not kept, and counts are estimates.
/// </summary>
sealed record AnswerNotes(bool Partial, bool Sampled)
{
    public static AnswerNotes None { get; } = new(false, false);

    public static AnswerNotes Of(TelemetryResult result) => new(result.Partial, result.Sampled);

    /// <param name="most">Rows that are taken, of a result that was asked for one more.</param>
    public static AnswerNotes Of(TelemetryResult result, int most) =>
        new(result.Partial || result.Rows.Count > most, result.Sampled);

    /// <summary>Of an answer that is made of several. Other: null where there was no need to ask.</summary>
    public AnswerNotes With(AnswerNotes? other) => other is null ? this : new(Partial || other.Partial, Sampled || other.Sampled);
}

/// <summary>What was asked for, and what must be known of it.</summary>
sealed record Answer<T>(T Value, AnswerNotes Notes)
{
    public bool Sampled => Notes.Sampled;

    public bool Partial => Notes.Partial;

    /// <summary>What is made of it, with the same notes.</summary>
    public Answer<IReadOnlyList<TShape>> As<TShape>(Func<T, IEnumerable<TShape>> shapes) => new([.. shapes(Value)], Notes);
}
