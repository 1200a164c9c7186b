using System.Text;
using System.Text.Json;
using Tocsin.Protocol.Events;
using Tocsin.Server.Projects;
using Tocsin.Server.Scrubbing;

namespace Server.Tests.Scrubbing;

public class PlantedSecretsTests
{
    [Fact]
    public void Of_thousand_planted_secrets_at_most_one_stays_and_of_thousand_innocent_texts_at_most_one_goes()
    {
        var planting = new PlantedSecrets(new Random(20261120));
        var rules = ScrubRules.For(ProjectOptions.Default);
        var (secrets, found, innocents, harmed) = (0, 0, 0, 0);
        for (var i = 0; i < 1_500; i++)
        {
            var (e, planted, plain) = planting.Next();
            var before = Texts(e);
            var after = Texts(EventScrubber.Scrub(e, rules));
            foreach (var secret in planted.Where(secret => before.Contains(secret, StringComparison.Ordinal)))
            {
                secrets++;
                found += after.Contains(secret, StringComparison.Ordinal) ? 0 : 1;
            }
            foreach (var innocent in plain.Where(innocent => before.Contains(innocent, StringComparison.Ordinal)))
            {
                innocents++;
                harmed += after.Contains(innocent, StringComparison.Ordinal) ? 0 : 1;
            }
        }
        secrets.ShouldBeGreaterThan(20_000);
        innocents.ShouldBeGreaterThan(20_000);
        ((double)found / secrets).ShouldBeGreaterThanOrEqualTo(0.999);
        ((double)harmed / innocents).ShouldBeLessThanOrEqualTo(0.001);
    }

    /// <summary>All texts of the event, one after the other, as they are and not as JSON spells them.</summary>
    static string Texts(ErrorEvent e)
    {
        var texts = new StringBuilder();
        using var document = JsonDocument.Parse(EventWriter.Write(e with { Notes = [] }));
        Append(document.RootElement, texts);
        return texts.ToString();
    }

    static void Append(JsonElement element, StringBuilder texts)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    Append(property.Value, texts);
                }
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Append(item, texts);
                }
                break;
            default:
                texts.Append(element.ToString()).Append('\u0001');
                break;
        }
    }
}
