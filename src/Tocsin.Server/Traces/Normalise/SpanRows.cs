using Tocsin.Protocol.Traces;
using Tocsin.Server.Errors;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Scrubbing;
using Tocsin.Server.Traces.Groups;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Traces.Normalise;

/// <summary>Turns the spans of one item into rows. Shift: what is added to their times, microseconds.</summary>
sealed class SpanRows(ItemContext context, long shift)
{
    /// <summary>A span of some 250 bytes of JSON is a row of a good 800, beside the JSON.</summary>
    public const int Footprint = 4;

    const int LongestOp = 128;
    const int LongestDescription = 8_192;
    const int LongestName = 200;
    const int LongestUrl = 2_048;

    readonly ScrubPass pass = new(ScrubRules.For(context.Project.Options));

    /// <param name="tags">Of the transaction, for its segment.</param>
    public SpanRow Of(
        Span span,
        SpanFacts facts,
        Surroundings around,
        long selfTime,
        IEnumerable<KeyValuePair<string, string>>? tags = null,
        IReadOnlyList<Measurement>? measurements = null
    )
    {
        var op = span.Op is { Length: > 0 } stated ? Cut.To(stated, LongestOp) : "default";
        var description = AttributeScrubber.Text(pass, span.Name is { } name ? Cut.To(name, LongestDescription) : null);
        var url = AttributeScrubber.Text(pass, facts.Url is { } address ? Cut.To(address, LongestUrl) : null);
        var isSegment = span.IsSegment && !IsVital(op);
        var category = SpanCategory.Of(op);
        var group = isSegment
            ? SpanGroup.Of(around.Transaction ?? TransactionName.Unlabeled, action: facts.Method)
            : SpanGrouping.Of(Subject(op, category, description, url, facts));
        var status = span.Status ?? (facts.HttpStatus is { } code ? SpanStatus.OfHttp(code) : null) ?? SpanStatus.Unknown;
        return new()
        {
            ProjectId = context.Project.Id,
            TraceId = span.TraceId,
            SpanId = span.SpanId,
            ParentSpanId = span.ParentSpanId,
            SegmentId = isSegment || span.SegmentId != span.SpanId ? span.SegmentId : null,
            IsSegment = isSegment,
            Timestamp = span.Start + shift,
            Received = context.Receipt.Received,
            Duration = span.End - span.Start,
            SelfTime = selfTime,
            Op = op,
            Description = description,
            GroupName = group.Name,
            Group = group.HashFor(op),
            Category = category,
            Domain = group.Domain,
            Action = group.Action,
            Status = status,
            Failed = status is not (SpanStatus.Ok or SpanStatus.Cancelled or SpanStatus.Unknown),
            Kind = span.Kind,
            Origin = Short(span.Origin),
            Transaction = around.Transaction,
            TransactionOp = Short(around.TransactionOp),
            Service = Short(around.Service),
            Platform = Short(around.Platform) ?? "other",
            Environment = around.Environment,
            Release = around.Release,
            Dist = Short(around.Dist),
            ServerName = Short(around.ServerName),
            SdkName = Short(around.SdkName),
            SdkVersion = Short(around.SdkVersion),
            User = Short(around.User),
            Browser = Short(around.Browser),
            BrowserVersion = Short(around.BrowserVersion),
            Os = Short(around.Os),
            Device = Short(around.Device),
            Connection = Short(around.Connection),
            Country = Short(around.Country),
            HttpMethod = facts.Method is { } method ? Cut.To(method.ToUpperInvariant(), LongestName) : null,
            HttpStatus = facts.HttpStatus,
            Url = url,
            EventId = around.EventId,
            ProfileId = around.ProfileId,
            ReplayId = around.ReplayId,
            Lcp = facts.Lcp,
            Fcp = facts.Fcp,
            Cls = facts.Cls,
            Inp = facts.Inp,
            Ttfb = facts.Ttfb,
            Fid = facts.Fid,
            Weight = around.Weight,
            ClientSampleRate = around.ClientSampleRate,
            Measurements = AttributeText.Measurements(measurements ?? span.Measurements),
            Attributes = AttributeText.Attributes(facts.Rest, pass, description, tags),
            Links = AttributeText.Links(span.Links, pass),
        };
    }

    /// <summary>What is said once of a program, or of a segment, stands in the row of each of its spans: a long text would be there a thousand times.</summary>
    static string? Short(string? text) => text is null ? null : Cut.To(text, LongestName);

    /// <summary>A vital that was measured late belongs to the page load it names as its parent; it is no visit of its own.</summary>
    public static bool IsVital(string? op) =>
        op is not null
        && (
            op.StartsWith("ui.interaction.", StringComparison.Ordinal) || op.StartsWith("ui.webvital.", StringComparison.Ordinal)
        );

    static SpanSubject Subject(string op, string? category, string? description, string? url, SpanFacts facts) =>
        new()
        {
            Op = op,
            Category = category,
            Description = description,
            Url = url,
            Method = facts.Method,
            Server = facts.Peer,
            DbSystem = facts.DbSystem,
            Statement = facts.Statement,
            Collection = facts.Collection,
            Operation = facts.Operation,
            OperationName = facts.OperationName,
            Destination = facts.Destination,
        };
}
