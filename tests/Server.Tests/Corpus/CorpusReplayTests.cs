using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Protocol.Tests.Samples;
using Tocsin.Server.Pipeline;

namespace Server.Tests.Corpus;

/// <summary>What real clients were seen to send, byte for byte through the whole server: what they are answered, and what is kept of it.</summary>
public sealed class CorpusReplayTests(ReplayedCorpus corpus) : IClassFixture<ReplayedCorpus>
{
    /// <summary>Longer texts are cut and end in three dots.</summary>
    const int LongestText = 8192;

    [Fact]
    public void Every_request_gets_the_status_that_the_contract_asks()
    {
        corpus
            .Answers.Where(pair => pair.Answer.Status != Expected(pair.Request))
            .Select(pair => $"{pair.Request}: {pair.Answer.Status} {pair.Answer.Body}")
            .ShouldBeEmpty();
        corpus.Answers.Count.ShouldBe(566);
    }

    [Fact]
    public void An_event_is_answered_with_its_own_id()
    {
        foreach (var (request, answer) in corpus.Answers)
        {
            foreach (var sent in SentEvent.Of(request.Capture))
            {
                // The envelope's header may name another id, and wins.
                var header = request.Capture.Kind == "envelope" ? EnvelopeId(request.Capture) : null;
                var answered = JsonNode.Parse(answer.Body)!["id"]!.GetValue<string>();
                answered.ShouldBe(header ?? sent.Id, request.ToString());
            }
        }
    }

    [Fact]
    public void Every_error_is_stored_once_as_it_was_sent()
    {
        var wrong = new List<string>();
        foreach (var (id, sent) in corpus.Events.Where(pair => IsError(pair.Value)))
        {
            if (corpus.Stored.GetValueOrDefault(id) is { } stored)
            {
                wrong.AddRange(Differences(sent, stored).Select(difference => $"{sent.Name}: {difference}"));
            }
            else
            {
                wrong.Add($"{sent.Name}: {id} is not there");
            }
        }
        wrong.ShouldBeEmpty();
        corpus.Stored.Count.ShouldBe(213);
    }

    [Fact]
    public void The_list_of_events_holds_each_error_and_each_browsers_report_once()
    {
        corpus.Listed.ShouldBeUnique();
        corpus.Listed.Intersect(corpus.Stored.Keys).Count().ShouldBe(corpus.Stored.Count);
        corpus.Listed.Count.ShouldBe(corpus.Stored.Count + Capture.OfKind("security").Count() + Thrown.Count);
    }

    [Fact]
    public async Task Each_exception_of_an_OpenTelemetry_span_is_an_error_on_its_span()
    {
        var found = new List<(string, string)>();
        foreach (var id in corpus.Listed.Except(corpus.Stored.Keys))
        {
            var read = await corpus.Server.Api.GetFromJsonAsync<JsonObject>($"projects/acme/shop/events/{id}/");
            if (Exceptions(read!).Select(exception => exception.Type).ToList() is [.., { } type])
            {
                found.Add((type, read!["contexts"]!["trace"]!["span_id"]!.GetValue<string>()));
            }
        }
        found.ShouldBe(Thrown, ignoreOrder: true);
    }

    [Fact]
    public void Every_error_is_what_its_manifest_entry_says()
    {
        foreach (var (id, sent) in corpus.Events.Where(pair => IsError(pair.Value)))
        {
            var (says, stored) = (sent.Summary, corpus.Stored[id]);
            if (says["exceptions"] is JsonArray types)
            {
                Exceptions(stored).Select(exception => exception.Type).ShouldBe(types.Select(SentEvent.Text), sent.Name);
            }
            if (says["handled"] is JsonArray handled)
            {
                Handled(stored).ShouldBe(handled.Select(SentEvent.Text), sent.Name);
            }
            SentEvent.Text(stored["platform"]).ShouldBe(SentEvent.Text(says["platform"]) ?? "other", sent.Name);
            SentEvent.Text(stored["release"]?["version"]).ShouldBe(SentEvent.Text(says["release"]), sent.Name);
        }
    }

    [Fact]
    public void Errors_from_one_place_are_one_issue()
    {
        var places = Grouped().GroupBy(pair => pair.Sent.Place).ToList();
        places.Count(place => place.Count() > 1).ShouldBeGreaterThan(20);
        foreach (var place in places)
        {
            place
                .Select(pair => pair.Issue)
                .Distinct()
                .Count()
                .ShouldBe(1, string.Join(", ", place.Select(pair => $"{pair.Sent.Name} in {pair.Issue}")));
        }
    }

    [Fact]
    public void An_issue_holds_errors_of_one_type()
    {
        foreach (var issue in Grouped().Where(pair => pair.Sent.Json["fingerprint"] is null).GroupBy(pair => pair.Issue))
        {
            issue
                .Select(pair => string.Join(" < ", pair.Sent.Exceptions.Select(exception => exception.Type)))
                .Distinct()
                .Count()
                .ShouldBe(1, string.Join(", ", issue.Select(pair => pair.Sent.Name)));
        }
    }

    [Fact]
    public async Task What_no_room_handles_yet_waits_in_quarantine_with_its_reason()
    {
        var kept = await corpus.Server.MetadataAsync<(string Type, string Reason, long Count)>(
            "SELECT item_type, reason, COUNT(*) FROM quarantine GROUP BY item_type, reason"
        );
        kept.ShouldAllBe(row => row.Reason == OutcomeReason.Unhandled);
        var sent = Capture
            .All.SelectMany(capture => capture.Manifest["items"] is JsonArray items ? items.Select(SentQuantities.Type) : [])
            .Where(type => type is not ("event" or "client_report" or "transaction" or "span"))
            .Concat(Capture.OfKind("minidump").Select(_ => "minidump"))
            .Concat(
                Capture
                    .OfKind("otlp")
                    .Where(capture => IsKnownSender(capture) && SentQuantities.Signal(capture) != "traces")
                    .Select(capture => $"otlp_{SentQuantities.Signal(capture)}")
            )
            // An old SDK's way to send feedback: as an event.
            .Append("event");
        kept.ToDictionary(row => row.Type, row => (int)row.Count)
            .ShouldBe(sent.CountBy(type => type).ToDictionary(), ignoreOrder: true);
    }

    [Fact]
    public async Task What_was_received_is_the_sum_of_all_outcomes()
    {
        var outcomes = await corpus.Server.OutcomesAsync();
        // Discards are losses that clients report, not items that were received.
        var finished = outcomes
            .Where(row => row.Kind != OutcomeKind.ClientDiscard)
            .GroupBy(row => row.Category)
            .ToDictionary(category => category.Key, category => category.Sum(row => row.Quantity));
        finished.ShouldBe(Sent(SentQuantities.Of), ignoreOrder: true);
        outcomes
            .Where(row => row is { Kind: OutcomeKind.Accepted, Category: not ("transaction" or "span") })
            .Sum(row => row.Quantity)
            .ShouldBe(corpus.Stored.Count + 5 + Thrown.Count);
        outcomes
            .Where(row => row.Kind == OutcomeKind.ClientDiscard)
            .Sum(row => row.Quantity)
            .ShouldBe(Sent(SentQuantities.Lost).Sum(loss => loss.Value), "each loss that a client reported is counted");
    }

    static IReadOnlyList<(string Type, string Span)> Thrown { get; } =
    [.. Capture.All.Where(IsKnownSender).SelectMany(SentQuantities.Thrown)];

    /// <summary>OTLP exporters that know no key of ours are not let in; the two programs' own calls are nobody's route.</summary>
    static int Expected(SentRequest request) =>
        request.Capture.Kind == "other" ? Page
        : IsKnownSender(request.Capture) ? 200
        : 401;

    /// <summary>The call that a driver made of its own names no door: it is a page of the web interface, where that is part of the build.</summary>
    static int Page => File.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot", "index.html")) ? 200 : 404;

    static bool IsKnownSender(Capture capture) => !SentRequest.IsForeign(capture);

    static bool IsError(SentEvent sent) => SentEvent.Text(sent.Json["type"]) != "feedback";

    static string? EnvelopeId(Capture capture)
    {
        var body = capture.Body();
        var header = JsonNode.Parse(body.AsSpan(0, Array.IndexOf(body, (byte)'\n')))!;
        return header["event_id"]?.GetValue<string>().Replace("-", "", StringComparison.Ordinal);
    }

    IEnumerable<(SentEvent Sent, string Issue)> Grouped() =>
        corpus.Stored.Select(pair => (corpus.Events[pair.Key], pair.Value["groupID"]!.GetValue<string>()));

    static IEnumerable<string> Differences(SentEvent sent, JsonObject stored)
    {
        var exceptions = sent.Exceptions.Select(exception => (exception.Type, Value: Kept(exception.Value)));
        if (!Exceptions(stored).SequenceEqual(exceptions))
        {
            yield return $"{string.Join(", ", Exceptions(stored))} instead of {string.Join(", ", exceptions)}";
        }
        var tags = stored["tags"]!
            .AsArray()
            .ToDictionary(tag => SentEvent.Text(tag!["key"])!, tag => SentEvent.Text(tag!["value"]));
        (string What, string? Stored, string? Sent)[] fields =
        [
            ("message", SentEvent.Text(stored["message"]), Kept(sent.Message) ?? ""),
            ("level", SentEvent.Text(stored["level"]), sent.Level),
            ("release", SentEvent.Text(stored["release"]?["version"]), sent.Release),
            ("environment", SentEvent.Text(stored["environment"]), sent.Environment),
            .. (sent.User ?? []).Select(part => ($"user {part.Key}", UserPart(stored, part.Key), UserValue(part))),
            .. sent
                .Tags.Where(tag => IsLegal(tag.Value))
                .Select(tag => ($"tag {tag.Key}", tags.GetValueOrDefault(tag.Key), tag.Value)),
        ];
        foreach (var (what, kept, wanted) in fields)
        {
            if (kept != wanted)
            {
                yield return $"{what} is {kept} instead of {wanted}";
            }
        }
    }

    /// <summary>Text as the server keeps it: without NUL, which PostgreSQL cannot hold, and not longer than the limit.</summary>
    static string? Kept(string? text)
    {
        var clean = text?.Replace("\0", "", StringComparison.Ordinal);
        return clean?.Length > LongestText ? string.Concat(clean.AsSpan(0, LongestText - 3), "...") : clean;
    }

    static bool IsLegal(string tag) => tag.Length is > 0 and <= 200 && !tag.Contains('\n', StringComparison.Ordinal);

    /// <summary>The client's address stands for <c>{{auto}}</c>; what the user object does not know goes to its data.</summary>
    static string? UserValue(KeyValuePair<string, JsonNode?> part) =>
        SentEvent.Text(part.Value) is var text && text == "{{auto}}" ? "127.0.0.1" : text;

    static string? UserPart(JsonObject stored, string key) =>
        SentEvent.Text(stored["user"]?[key] ?? stored["user"]?["data"]?[key]);

    static IEnumerable<(string? Type, string? Value)> Exceptions(JsonObject stored) =>
        Values(stored).Select(value => (SentEvent.Text(value["type"]), SentEvent.Text(value["value"])));

    static IEnumerable<string?> Handled(JsonObject stored) =>
        Values(stored).Select(value => SentEvent.Text(value["mechanism"]?["handled"]));

    static IEnumerable<JsonNode> Values(JsonObject stored) =>
        stored["entries"]!
            .AsArray()
            .Where(entry => SentEvent.Text(entry!["type"]) == "exception")
            .SelectMany(entry => entry!["data"]!["values"]!.AsArray())!;

    static Dictionary<string, long> Sent(Func<Capture, IEnumerable<(string Category, long Quantity)>> quantities) =>
        Capture
            .All.Where(IsKnownSender)
            .SelectMany(quantities)
            .GroupBy(quantity => quantity.Category)
            .ToDictionary(category => category.Key, category => category.Sum(quantity => quantity.Quantity));
}
