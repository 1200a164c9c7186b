using Protocol.Tests.Samples;
using Tocsin.Protocol;
using Tocsin.Server.Pipeline;
using Tocsin.Telemetry;

namespace Server.Tests.Corpus;

/// <summary>Every transaction and every span that real clients were seen to send, through the whole server: what the store holds of it.</summary>
public sealed class TraceReplayTests(ReplayedTraces corpus) : IClassFixture<ReplayedTraces>, IAsyncLifetime
{
    static readonly IReadOnlyList<SentSpan> Sent = [.. Capture.All.SelectMany(SentSpan.Of)];
    Dictionary<(string, string), StoredSpan> stored = [];

    public async ValueTask InitializeAsync()
    {
        var stored = await StoredSpan.AllAsync(corpus.Server.Get<TelemetryStore>());
        this.stored = stored.ToDictionary(span => (span.TraceId, span.SpanId));
    }

    [Fact]
    public void Every_span_is_stored_once()
    {
        Sent.Count.ShouldBeGreaterThan(450);
        stored.Keys.Order().ShouldBe(Sent.Select(span => (span.TraceId, span.SpanId)).Distinct().Order());
    }

    [Fact]
    public void Every_span_is_stored_as_it_was_sent()
    {
        Sent.SelectMany(span =>
                Differences(span, stored[(span.TraceId, span.SpanId)]).Select(what => $"{span.Source} {span.SpanId}: {what}")
            )
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_transaction_and_every_span_counts_as_accepted()
    {
        var outcomes = await corpus.Server.OutcomesAsync();
        foreach (var category in (string[])[DataCategory.Transaction, DataCategory.Span])
        {
            outcomes
                .Where(row => row.Category == category && row.Kind is not (OutcomeKind.Accepted or OutcomeKind.ClientDiscard))
                .Where(row => row.Kind != OutcomeKind.Quarantined)
                .ShouldBeEmpty();
        }
        var transactions = Capture
            .All.Where(capture => capture.Kind == "envelope")
            .SelectMany(capture => capture.Items)
            .Count(item => SentQuantities.Type(item) == "transaction");
        outcomes
            .Where(row => row is { Kind: OutcomeKind.Accepted, Category: DataCategory.Transaction })
            .Sum(row => row.Quantity)
            .ShouldBe(transactions);
    }

    /// <summary>Nobody but Chrome visited the servers of the captures; the system that a server runs on is no browser.</summary>
    [Fact]
    public void Servers_name_their_visitors_browser_or_none()
    {
        var servers = stored.Values.Where(span => span.Platform is not "javascript").ToList();
        servers.Count(span => span.Browser is null).ShouldBeGreaterThan(100);
        servers.Select(span => span.Browser).OfType<string>().Distinct().ShouldBe(["Chrome"]);
    }

    [Fact]
    public void Spans_carry_what_is_known_of_their_segment()
    {
        foreach (var span in Sent)
        {
            var stored = this.stored[(span.TraceId, span.SpanId)];
            (stored.Release is not null || span.IsExported).ShouldBeTrue(span.Source);
            stored.Platform.ShouldNotBe("other", span.Source);
            stored.Transaction.ShouldNotBeNull(span.Source);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    static IEnumerable<string> Differences(SentSpan sent, StoredSpan stored)
    {
        (string What, object? Stored, object? Sent)[] fields =
        [
            ("parent", stored.ParentSpanId, sent.ParentSpanId),
            ("op", stored.Op, sent.Op ?? "default"),
            ("status", stored.Status, Status(sent)),
            ("start", stored.Start, (long)decimal.Round(sent.Start * 1_000_000m)),
        ];
        foreach (var (what, kept, wanted) in fields)
        {
            if (!Equals(kept, wanted) && !(what == "start" && Math.Abs((long)kept! - (long)wanted!) <= 1))
            {
                yield return $"{what} is {kept} instead of {wanted}";
            }
        }
        if (stored.Description != Scrubbed(sent.Name))
        {
            yield return $"name is {stored.Description} instead of {sent.Name}";
        }
        var duration = (double)(Math.Max(0, sent.End - sent.Start) * 1000);
        if (Math.Abs(stored.Duration - duration) > 0.0021)
        {
            yield return $"duration is {stored.Duration} instead of {duration}";
        }
        if (stored.SelfTime > stored.Duration + 0.0001 || stored.SelfTime < 0)
        {
            yield return $"self time is {stored.SelfTime} of {stored.Duration}";
        }
        foreach (var (name, value) in sent.Measurements)
        {
            if (!stored.Measurements.TryGetValue(name, out var kept) || Math.Abs(kept - value) > Math.Abs(value) * 1e-9)
            {
                yield return $"measurement {name} is {stored.Measurements.GetValueOrDefault(name)} instead of {value}";
            }
        }
    }

    /// <summary>Streamed spans know ok and error; where a client leaves it open, the answer's code tells, if there is one.</summary>
    static string? Status(SentSpan sent) =>
        sent.Status switch
        {
            "error" => "internal_error",
            "unknown_error" => "unknown",
            null => sent.Code switch
            {
                null => "unknown",
                "404" => "not_found",
                ['2' or '3', ..] => "ok",
                var code => throw new NotSupportedException(code),
            },
            _ => sent.Status,
        };

    /// <summary>One captured address holds a secret.</summary>
    static string? Scrubbed(string? name) => name?.Replace("token=secret", "token=[Filtered]", StringComparison.Ordinal);
}
