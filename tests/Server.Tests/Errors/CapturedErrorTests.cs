using System.Text;
using System.Text.Json.Nodes;
using Protocol.Tests.Events;
using Protocol.Tests.Samples;
using Tocsin.Protocol.Events;
using Tocsin.Server.Errors;

namespace Server.Tests.Errors;

public class CapturedErrorTests
{
    [Fact]
    public void Every_captured_error_has_its_approved_title_culprit_and_group()
    {
        var lines = new StringBuilder();
        var groups = new Dictionary<string, int>();
        foreach (var captured in CapturedError.All)
        {
            var prepared = SomeErrors.Pipeline.Prepare(captured.Context(), captured.Payload);
            if (prepared is not PreparedError error)
            {
                lines.AppendLine($"{captured.Name}\t{prepared.Outcome.Kind}: {prepared.Outcome.Reason}");
                continue;
            }
            var hash = error.Grouping.Hashes[0];
            groups.TryAdd(hash, groups.Count + 1);
            var variants = string.Join(
                '+',
                error.Grouping.Variants.Where(variant => variant.Contributes).Select(variant => variant.Name)
            );
            var sighting = error.Sighting!;
            lines.AppendLine(
                $"{captured.Name}\t#{groups[hash]} {variants}\t{sighting.Level}\t{sighting.Priority}\t{sighting.Title}\t{sighting.Culprit}"
            );
        }
        Approved.Matches("Errors/captured-errors.approved.txt", lines.ToString());
    }

    [Fact]
    public void What_a_client_sent_is_what_is_stored()
    {
        var compared = 0;
        foreach (var captured in CapturedError.All.Where(captured => captured.ItemType == "event"))
        {
            if (SomeErrors.Pipeline.Prepare(captured.Context(), captured.Payload) is not PreparedError error)
            {
                continue;
            }
            compared++;
            var body = captured.Payload.ToArray();
            var sent = JsonNode.Parse(body)!.AsObject();
            var naive = NaiveEvent.Read(body);
            var row = error.Row!;
            row.Release.ShouldBe((string?)sent["release"], captured.Name);
            row.Environment.ShouldBe((string?)sent["environment"], captured.Name);
            row.Platform.ShouldBe((string?)sent["platform"] ?? "other", captured.Name);
            row.Level.ShouldBe(JsonStrings.Level(sent["level"]) ?? "error", captured.Name);
            error
                .Event.Exceptions.Select(exception => Kept(exception.Value))
                .ShouldBe(naive.ExceptionValues.Select(Kept), captured.Name);
            (row.UserId, row.UserEmail).ShouldBe((naive.User.Item1, naive.User.Item2), captured.Name);
            var tags = JsonNode.Parse(row.Tags)!.AsObject();
            foreach (var (key, value) in naive.Tags.Where(tag => tag.Item2?.Trim() is { Length: > 0 and <= 200 }))
            {
                ((string?)tags[key.Replace(' ', '-')]).ShouldBe(value!.Trim(), $"{captured.Name} {key}");
            }
        }
        compared.ShouldBeGreaterThan(200);
    }

    [Fact]
    public void Why_an_error_was_grouped_is_found_again_from_what_is_stored_of_it()
    {
        foreach (var captured in CapturedError.All)
        {
            if (SomeErrors.Pipeline.Prepare(captured.Context(), captured.Payload) is PreparedError error)
            {
                EventReader.TryRead(error.Body.Span, out var stored, out _).ShouldBeTrue();
                var decided = StoredEvent.ReadGrouping(error.Body.Span);

                var explained = GroupingExplanation.Of(stored!, decided, captured.Context().Project.Options)!;

                explained["variants"]!.AsArray().ShouldAllBe(variant => variant!["component"] != null, captured.Name);
            }
        }
    }

    /// <summary>As the rules of normalisation leave it: without NUL, and of a very long text only that it was one.</summary>
    static string? Kept(string? value) => value?.Length > 8000 ? "cut" : value?.Replace("\0", "", StringComparison.Ordinal);
}
