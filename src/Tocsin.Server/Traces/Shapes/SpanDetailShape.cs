using System.Text.Json.Nodes;
using Tocsin.Server.Api;

namespace Tocsin.Server.Traces.Shapes;

/// <summary>One span with all that is known of it, and the circumstances of the transaction that it came with.</summary>
[SnakeCase]
sealed record SpanDetailShape
{
    public required string TraceId { get; init; }
    public required string SpanId { get; init; }
    public required string? ParentSpanId { get; init; }
    public required string? SegmentId { get; init; }
    public required bool IsSegment { get; init; }
    public required string Project { get; init; }
    public required string? Service { get; init; }
    public required string Platform { get; init; }
    public required string Op { get; init; }
    public required string? Description { get; init; }

    /// <summary>The description without literals and ids.</summary>
    public required string? GroupName { get; init; }
    public required string? Group { get; init; }
    public required string? Category { get; init; }
    public required string? Domain { get; init; }
    public required string? Action { get; init; }
    public required string Status { get; init; }
    public required bool Failed { get; init; }
    public required string? Kind { get; init; }
    public required string? Origin { get; init; }
    public required string? Transaction { get; init; }
    public required string? TransactionOp { get; init; }

    /// <summary>Seconds since 1970, by the clock of the span's own host.</summary>
    public required double Start { get; init; }
    public required double End { get; init; }

    /// <summary>Milliseconds.</summary>
    public required double Duration { get; init; }

    /// <summary>Milliseconds; less the children that arrived with it.</summary>
    public required double SelfTime { get; init; }

    /// <summary>Seconds since 1970, by our clock.</summary>
    public required double Received { get; init; }
    public required string? Environment { get; init; }
    public required string? Release { get; init; }
    public required string? Dist { get; init; }
    public required string? ServerName { get; init; }
    public required SpanSdkShape? Sdk { get; init; }

    /// <summary>As the list of issues counts users: <c>id:7</c>, <c>email:…</c>.</summary>
    public required string? User { get; init; }
    public required string? Browser { get; init; }
    public required string? BrowserVersion { get; init; }
    public required string? Os { get; init; }
    public required string? Device { get; init; }
    public required string? Connection { get; init; }
    public required string? Country { get; init; }
    public required string? HttpMethod { get; init; }
    public required int? HttpStatus { get; init; }
    public required string? Url { get; init; }
    public required string? EventId { get; init; }
    public required string? ProfileId { get; init; }
    public required string? ReplayId { get; init; }

    /// <summary>How many spans this one stands for, of those that its client or the project left out.</summary>
    public required double Weight { get; init; }
    public required double? ClientSampleRate { get; init; }
    public required IReadOnlyDictionary<string, double> Vitals { get; init; }
    public required IReadOnlyDictionary<string, MeasurementShape> Measurements { get; init; }
    public required JsonObject Attributes { get; init; }
    public required JsonArray Links { get; init; }

    /// <summary>Of the transaction's body; null when the span came without one, or it is not kept any more.</summary>
    public required JsonObject? Contexts { get; init; }
    public required JsonObject? Request { get; init; }
    public required JsonArray? Breadcrumbs { get; init; }
    public required JsonObject? Extra { get; init; }
}

[SnakeCase]
sealed record SpanSdkShape(string Name, string? Version);

[SnakeCase]
sealed record MeasurementShape(double Value, string? Unit);
