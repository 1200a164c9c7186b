using System.Collections.Frozen;
using Tocsin.Protocol.Traces;

namespace Tocsin.Server.Traces.Trees;

/// <summary>What the tree of a trace needs of a span. Times and durations are microseconds.</summary>
sealed record TraceSpan
{
    public required long ProjectId { get; init; }
    public required long SpanId { get; init; }
    public long? ParentSpanId { get; init; }
    public long? SegmentId { get; init; }
    public bool IsSegment { get; init; }

    /// <summary>By the clock of its own host.</summary>
    public required long Start { get; init; }
    public required long Duration { get; init; }
    public string Op { get; init; } = "default";
    public string? Description { get; init; }
    public string Status { get; init; } = "unknown";
    public bool Failed { get; init; }
    public string? Transaction { get; init; }
    public string? Category { get; init; }
    public long Group { get; init; }
    public string? GroupName { get; init; }
    public string Platform { get; init; } = "other";
    public string? Service { get; init; }
    public string? ServerName { get; init; }
    public string? SdkName { get; init; }
    public UInt128? EventId { get; init; }
    public UInt128? ProfileId { get; init; }
    public double? Lcp { get; init; }
    public double? Fcp { get; init; }
    public double? Cls { get; init; }
    public double? Inp { get; init; }
    public double? Ttfb { get; init; }
    public double? Fid { get; init; }

    /// <summary>One of <see cref="SpanKind"/>; null when unset.</summary>
    public string? Kind { get; init; }

    public bool IsCaller => Kind is SpanKind.Client or SpanKind.Producer;
    public bool IsCalled => Kind is SpanKind.Server or SpanKind.Consumer;

    /// <summary>What was asked for beside all this, by name, as the API writes it; without what the span has not.</summary>
    public IReadOnlyDictionary<string, object> More { get; init; } = FrozenDictionary<string, object>.Empty;

    public long End => Start + Duration;
    public HostClock Clock => new(ProjectId, Service, ServerName);

    /// <summary>By short name, those that it has.</summary>
    public IEnumerable<(string Name, double Value)> Vitals =>
        new (string Name, double? Value)[]
        {
            ("lcp", Lcp),
            ("inp", Inp),
            ("cls", Cls),
            ("fcp", Fcp),
            ("ttfb", Ttfb),
            ("fid", Fid),
        }
            .Where(vital => vital.Value is not null)
            .Select(vital => (vital.Name, vital.Value!.Value));
}

/// <summary>Who read the times of a span: one clock for all spans that a host wrote for one service.</summary>
readonly record struct HostClock(long ProjectId, string? Service, string? ServerName);
