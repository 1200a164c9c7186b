using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Simulation.World;

/// <summary>What kind of body a client sends.</summary>
enum Content
{
    Event,

    /// <summary>An item that no room handles: it goes to quarantine.</summary>
    Novelty,

    /// <summary>No envelope at all.</summary>
    Broken,
}

/// <summary>One body that a client wants to get rid of; it tries until it has an answer that ends it.</summary>
sealed record Sending(int Number, Content Content, string Project, EventId Id, byte[] Body, string? Coding)
{
    public static Sending Of(int number, Random chance, IReadOnlyList<Sending> earlier)
    {
        // Now and then something is sent that was sent before, as clients do that got no answer.
        if (earlier.Count > 0 && chance.Next(6) == 0)
        {
            return earlier[chance.Next(earlier.Count)] with { Number = number };
        }
        var content = chance.Next(12) switch
        {
            0 => Content.Novelty,
            1 => Content.Broken,
            _ => Content.Event,
        };
        var id = EventId.From(chance.NextInt64(1, long.MaxValue), chance.NextInt64());
        var body = Encoding.UTF8.GetBytes(Text(content, id, number, chance));
        var packed = content != Content.Broken && chance.Next(3) == 0;
        return new(number, content, chance.Next(3) == 0 ? "43" : "42", id, packed ? Gzip(body) : body, packed ? "gzip" : null);
    }

    static string Text(Content content, EventId id, int number, Random chance)
    {
        var filling = new string((char)('a' + number % 26), chance.Next(400));
        return content switch
        {
            Content.Novelty => $$"""
                {"event_id":"{{id}}"}
                {"type":"novelty"}
                {"number":{{number}}}

                """,
            Content.Broken => "no envelope",
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $$$"""
                {"event_id":"{{{id}}}"}
                {"type":"event"}
                {"event_id":"{{{id}}}","platform":"python","level":"error","user":{"id":"{{{number
                    % 5}}}"},"fingerprint":["issue-{{{number
                    % 4}}}"],"exception":{"values":[{"type":"ValueError","value":"{{{filling}}}"}]}}

                """
            ),
        };
    }

    static byte[] Gzip(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }
        return packed.ToArray();
    }
}
