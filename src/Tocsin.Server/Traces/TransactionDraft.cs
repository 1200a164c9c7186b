using Tocsin.Protocol.Events;
using Tocsin.Protocol.Traces;
using Tocsin.Server.Countries;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Traces.Normalise;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Traces;

/// <summary>A transaction on its way through the steps of <see cref="TransactionPipeline"/>. A refusing outcome ends the way.</summary>
sealed record TransactionDraft(ItemContext Context, ReadOnlyMemory<byte> Payload, CountryTable Countries)
{
    public Outcome Outcome { get; init; } = Outcome.Accepted;

    /// <summary>Set by reading.</summary>
    public TransactionRecord Record { get; init; } = null!;
    public SamplingContext Sampling { get; init; } = SamplingContext.None;

    /// <summary>The record's event; set by reading, changed by normalising and scrubbing.</summary>
    public ErrorEvent Event { get; init; } = null!;

    /// <summary>Of the segment's attributes; set by normalising.</summary>
    public SpanFacts Facts { get; init; } = null!;

    /// <summary>How many transactions it stands for; set by sampling.</summary>
    public double Weight { get; init; } = 1;
    public IReadOnlyList<SpanRow> Rows { get; init; } = [];
    public IReadOnlyList<PreparedItem> Problems { get; init; } = [];
}
