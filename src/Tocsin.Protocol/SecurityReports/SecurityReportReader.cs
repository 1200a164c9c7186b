using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.SecurityReports;

/// <summary>
/// What browsers post to <c>/security/</c>: CSP, Expect-CT, Expect-Staple and HPKP reports, alone or as a list of the Reporting
/// API. Each becomes an event; who asked for it (environment, release) and the browser stand in the request, not in the body.
/// </summary>
public static class SecurityReportReader
{
    static readonly Refusal Unknown = new(400, "invalid security report", "security_report");

    /// <summary>Reports of other types in a list (<c>deprecation</c>, <c>intervention</c>…) are left out.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> body,
        [NotNullWhen(true)] out IReadOnlyList<ErrorEvent>? events,
        [NotNullWhen(false)] out Refusal? refusal
    )
    {
        events = null;
        var json = JsonRepair.Decode(body).Trim(" \t\r\n"u8);
        if (json.IsEmpty)
        {
            refusal = Refusal.EmptyBody;
            return false;
        }
        JsonNode? root;
        try
        {
            root = Bag.Read(json);
        }
        catch (JsonException broken)
        {
            refusal = Refusal.InvalidJson(broken.Message);
            return false;
        }
        var reports = root is JsonArray list ? list.OfType<JsonObject>() : [root as JsonObject ?? []];
        events = [.. reports.Select(ReadOne).OfType<ErrorEvent>()];
        refusal = events.Count > 0 ? null : Unknown;
        return refusal is null;
    }

    /// <summary>
    /// Each report of a body as its own JSON text: the elements of a list, or the body itself. Whether one is a report of a kind that we know is
    /// for <see cref="TryRead"/> to say; an empty list is left as it is.
    /// </summary>
    public static bool TryCut(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out IReadOnlyList<ReadOnlyMemory<byte>>? reports,
        [NotNullWhen(false)] out Refusal? refusal
    )
    {
        reports = null;
        refusal = null;
        if (body.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            refusal = Refusal.EmptyBody;
            return false;
        }
        var text = body.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? body[3..] : body;
        try
        {
            reports = Cut(text);
            return true;
        }
        catch (JsonException broken)
        {
            refusal = Refusal.InvalidJson(broken.Message);
            return false;
        }
    }

    static IReadOnlyList<ReadOnlyMemory<byte>> Cut(ReadOnlyMemory<byte> text)
    {
        var reader = new Utf8JsonReader(text.Span, new JsonReaderOptions { MaxDepth = int.MaxValue });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            reader.Read();
            return [text];
        }
        var reports = new List<ReadOnlyMemory<byte>>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            reports.Add(text[start..(int)reader.BytesConsumed]);
        }
        reader.Read();
        return reports.Count > 0 ? reports : [text];
    }

    static ErrorEvent? ReadOne(JsonObject report) =>
        report["csp-report"] is JsonObject csp ? CspReport.Read(csp)
        : Text(report, "type") is "csp-violation" && report["body"] is JsonObject body
            ? CspReport.ReadReportingApi(body, Text(report, "user_agent"))
        : report["expect-ct-report"] is JsonObject transparency
            ? CertificateReport.Read("expectct", "Expect-CT failed for", transparency)
        : report["expect-staple-report"] is JsonObject staple
            ? CertificateReport.Read("expectstaple", "Expect-Staple failed for", staple)
        : report.ContainsKey("known-pins") ? CertificateReport.Read("hpkp", "Public key pinning validation failed for", report)
        : null;

    internal static string? Text(JsonObject report, string name) =>
        report[name] is JsonValue value && value.ToString() is { Length: > 0 } text ? text : null;
}
