using System.Text.Json;
using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.Grouping;
using Tocsin.Server.Errors.Grouping.Fingerprints;
using Tocsin.Server.Errors.Grouping.V1;
using Tocsin.Server.Errors.InApp;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Errors;

/// <summary>
/// Why an event was grouped as it was. The parts are found again from the stored event, because they would be most of what is stored;
/// they stand only where they lead to the hashes that decided then. Otherwise the project's rules have changed, and the hashes stand alone.
/// </summary>
static class GroupingExplanation
{
    public static JsonObject? Of(ErrorEvent stored, JsonObject? decided, ProjectOptions options)
    {
        var again = GroupingV1.Group(
            stored,
            StackRules.For(options.GroupingEnhancements),
            FingerprintRules.For(options.FingerprintingRules)
        );
        var then = decided?["hashes"]?.AsArray().Select(hash => hash!.GetValue<string>()) ?? [];
        return then.SequenceEqual(again.Hashes) ? Explained(again) : decided;
    }

    static JsonObject Explained(GroupingResult grouping)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            GroupingFormat.Write(writer, grouping, explained: true);
        }
        return JsonNode.Parse(buffer.GetBuffer().AsSpan(0, (int)buffer.Length))!.AsObject();
    }
}
