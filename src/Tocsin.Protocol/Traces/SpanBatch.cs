using Tocsin.Protocol.Events;

namespace Tocsin.Protocol.Traces;

/// <summary>The spans of one <c>span</c> item, good and bad: their number is what the item held.</summary>
public sealed record SpanBatch
{
    public IReadOnlyList<Span> Spans { get; init; } = [];

    /// <summary>Spans that are none, together by what is wrong with them.</summary>
    public IReadOnlyList<RefusedSpans> Refused { get; init; } = [];

    /// <summary>Fields that were set aside in good spans; paths begin with <c>items.3</c>.</summary>
    public IReadOnlyList<FieldNote> Notes { get; init; } = [];

    /// <summary><c>auto</c> or <c>never</c>: whether the client wants its address to be the user's; null when it does not say.</summary>
    public string? InferIp { get; init; }

    /// <summary><c>auto</c> or <c>never</c>: whether browser and system may be read from the request's User-Agent; null when it does not say.</summary>
    public string? InferUserAgent { get; init; }
}

/// <summary>So many spans with the same fault.</summary>
public sealed record RefusedSpans(Refusal Refusal, long Count);
