using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Protocol.Tests.Samples;

/// <summary>One request of a real client, as <c>tests/samples</c> keeps it, with what the manifest says of it.</summary>
public sealed record Capture(string Case, string Number, string Kind, JsonObject Manifest)
{
    static readonly string Folder = FindFolder();

    /// <summary>All requests, or those of one kind: <c>envelope</c>, <c>store</c>, <c>security</c>…</summary>
    public static IEnumerable<Capture> OfKind(string kind) => All.Where(capture => capture.Kind == kind);

    public static IReadOnlyList<Capture> All => Read.Value;

    static readonly Lazy<IReadOnlyList<Capture>> Read = new(() =>
        [
            .. from entry in JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "manifest.json")))!.AsArray()
            from capture in entry!["captures"]!.AsArray()
            select new Capture(
                entry["case"]!.GetValue<string>(),
                capture["n"]!.GetValue<string>(),
                capture["kind"]!.GetValue<string>(),
                capture.AsObject()
            ),
        ]
    );

    public IEnumerable<JsonObject> Items => Manifest["items"]!.AsArray().Select(item => item!.AsObject());

    /// <summary>The request without its body, as the recorder wrote it down: moment, method, address, headers.</summary>
    public JsonObject Head => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, Case, Number + ".json")))!.AsObject();

    public IReadOnlyDictionary<string, string> Headers =>
        Head["headers"]!.AsObject().ToDictionary(header => header.Key, header => header.Value!.GetValue<string>());

    /// <summary>The body as it was sent.</summary>
    public byte[] Sent() => File.ReadAllBytes(Path.Combine(Folder, Case, Number + ".bin"));

    /// <summary>The body without its content encoding.</summary>
    public byte[] Body()
    {
        using var raw = File.OpenRead(Path.Combine(Folder, Case, Number + ".bin"));
        using Stream decoded = Headers.GetValueOrDefault("content-encoding", "") switch
        {
            "" => raw,
            "gzip" => new GZipStream(raw, CompressionMode.Decompress),
            "deflate" => new ZLibStream(raw, CompressionMode.Decompress),
            "br" => new BrotliStream(raw, CompressionMode.Decompress),
            var other => throw new NotSupportedException(other),
        };
        using var body = new MemoryStream();
        decoded.CopyTo(body);
        return body.ToArray();
    }

    public override string ToString() => $"{Case}/{Number}";

    static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Tocsin.slnx")))
            {
                return Path.Combine(folder.FullName, "tests", "samples");
            }
        }
        throw new DirectoryNotFoundException("tests/samples");
    }
}
