using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Simulation.World;

/// <summary>What kind of body a client sends.</summary>
enum Content
{
    Event,

    /// <summary>A segment with its spans in one item, named by an event id.</summary>
    Transaction,

    /// <summary>A container of streamed spans, which nothing names but the spans in it.</summary>
    Spans,

    /// <summary>A request of OpenTelemetry's exporters.</summary>
    Export,

    /// <summary>What the server finds by itself and sends through its own journal.</summary>
    Finding,

    /// <summary>An item that no room handles: it goes to quarantine.</summary>
    Novelty,

    /// <summary>No envelope at all.</summary>
    Broken,
}

/// <summary>One body that a client wants to get rid of; it tries until it has an answer that ends it.</summary>
sealed record Sending(int Number, Content Content, string Project, EventId Id, byte[] Body, string? Coding)
{
    /// <summary>The spans in it; null: it holds none.</summary>
    public SentTrace? Part { get; init; }

    public long ProjectId => long.Parse(Project, CultureInfo.InvariantCulture);

    public static Sending Of(int number, Random chance, IReadOnlyList<Sending> earlier)
    {
        // Now and then something is sent that was sent before, as clients do that got no answer.
        if (earlier.Count > 0 && chance.Next(6) == 0)
        {
            return earlier[chance.Next(earlier.Count)].Again(number, chance);
        }
        var content = chance.Next(18) switch
        {
            0 => Content.Novelty,
            1 => Content.Broken,
            < 5 => Content.Transaction,
            < 8 => Content.Spans,
            < 11 => Content.Export,
            _ => Content.Event,
        };
        var id = EventId.From(chance.NextInt64(1, long.MaxValue), chance.NextInt64());
        var part = content is Content.Transaction or Content.Spans or Content.Export
            ? SentTrace.Of(content, chance, earlier)
            : null;
        var text = part is null
            ? Text(content, id, number, chance)
            : Text(content, id, part, [.. Enumerable.Range(0, part.Ids.Count)]);
        return Packed(new(number, content, chance.Next(3) == 0 ? "43" : "42", id, [], null) { Part = part }, text, chance);
    }

    /// <summary>The same bytes; or the same spans in another order, as a queue that was filled again may have them.</summary>
    Sending Again(int number, Random chance)
    {
        if (Content is not (Content.Spans or Content.Export) || chance.Next(2) == 0)
        {
            return this with { Number = number };
        }
        int[] order = [.. Enumerable.Range(0, Part!.Ids.Count)];
        chance.Shuffle(order);
        return Packed(this with { Number = number }, Text(Content, Id, Part, order), chance);
    }

    static Sending Packed(Sending sending, string text, Random chance)
    {
        var body = Encoding.UTF8.GetBytes(text);
        return sending.Content != Content.Broken && chance.Next(3) == 0
            ? sending with
            {
                Body = Gzip(body),
                Coding = "gzip",
            }
            : sending with
            {
                Body = body,
                Coding = null,
            };
    }

    static string Text(Content content, EventId id, SentTrace part, IReadOnlyList<int> order) =>
        content switch
        {
            Content.Transaction => $$"""
                {"event_id":"{{id}}"}
                {"type":"transaction"}
                {{part.Transaction(id)}}

                """,
            Content.Spans => $$"""
                {}
                {"type":"span","content_type":"application/vnd.sentry.items.span.v2+json","item_count":{{order.Count + part.Bad}}}
                {{part.Container(order)}}

                """,
            _ => part.Export(order),
        };

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
                {"event_id":"{{{id}}}","platform":"python","level":"error","environment":"{{{number % 3}}}","user":{"id":"{{{number
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
