using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tocsin.Protocol.Events.Writing;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Events;

/// <summary>
/// Writes an event in Sentry's own shape: snake case, lists as <c>{"values": […]}</c>, tags, headers and the like as pairs (they
/// may repeat), the notes as <c>_meta</c>. <see cref="EventReader"/> reads the same event from it.
/// </summary>
public static class EventWriter
{
    /// <summary>The text is served as JSON, never pasted into HTML, so only what JSON asks for is escaped.</summary>
    static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    static readonly string[] ReportTypes = ["csp", "hpkp", "expectct", "expectstaple"];

    /// <summary>JSON in UTF-8, which <see cref="EventReader"/> reads as the same event.</summary>
    public static byte[] Write(ErrorEvent value)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        Write(value, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The same behind what the output has already.</summary>
    public static void Write(ErrorEvent value, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, Options);
        writer.WriteStartObject();
        WriteAttributes(writer, value);
        WriteInterfaces(writer, value);
        if (value.Notes.Count > 0)
        {
            writer.WritePropertyName("_meta");
            MetaWriter.Write(writer, value.Notes);
        }
        writer.WriteEndObject();
    }

    static void WriteAttributes(Utf8JsonWriter writer, ErrorEvent value)
    {
        writer.Optional("event_id", value.Id?.ToString());
        writer.Optional("type", value.Type);
        writer.Optional("timestamp", value.Timestamp);
        writer.Optional("received", value.Received);
        writer.Optional("platform", value.Platform);
        writer.Optional("level", value.Level);
        writer.Optional("logger", value.Logger);
        writer.Optional("transaction", value.Transaction);
        if (value.TransactionSource is { } source)
        {
            writer.WriteStartObject("transaction_info");
            writer.WriteString("source", source);
            writer.WriteEndObject();
        }
        writer.Optional("server_name", value.ServerName);
        writer.Optional("site", value.Site);
        writer.Optional("release", value.Release);
        writer.Optional("dist", value.Dist);
        writer.Optional("environment", value.Environment);
        writer.Optional("culprit", value.Culprit);
        writer.Optional("checksum", value.Checksum);
        writer.Optional("time_spent", value.TimeSpent);
        writer.OptionalList("fingerprint", value.Fingerprint, static (w, part) => w.WriteStringValue(part));
        writer.OptionalList("tags", value.Tags, static (w, tag) => Pairs.Write(w, tag.Key, tag.Value));
        writer.Optional("extra", value.Extra);
        WriteModules(writer, value.Modules);
    }

    static void WriteModules(Utf8JsonWriter writer, IReadOnlyDictionary<string, string?> modules)
    {
        if (modules.Count == 0)
        {
            return;
        }
        writer.WriteStartArray("modules");
        foreach (var (name, version) in modules)
        {
            Pairs.Write(writer, name, version);
        }
        writer.WriteEndArray();
    }

    static void WriteInterfaces(Utf8JsonWriter writer, ErrorEvent value)
    {
        writer.OptionalObject("logentry", value.LogEntry, WriteLogEntry);
        writer.OptionalValues("exception", value.Exceptions, ExceptionWriter.Write);
        writer.OptionalObject("stacktrace", value.StackTrace, StackTraceWriter.Write);
        writer.OptionalValues("threads", value.Threads, ThreadWriter.Write);
        writer.OptionalValues("breadcrumbs", value.Breadcrumbs, BreadcrumbWriter.Write);
        writer.OptionalObject("request", value.Request, RequestWriter.Write);
        writer.OptionalObject("user", value.User, UserWriter.Write);
        writer.OptionalObject("sdk", value.Sdk, SdkWriter.Write);
        writer.OptionalObject("debug_meta", value.DebugMeta, WriteDebugMeta);
        writer.Optional("contexts", value.Contexts);
        writer.Optional("template", value.Template);
        writer.Optional(ReportTypes.Contains(value.Type) ? value.Type! : "csp", value.SecurityReport);
    }

    static void WriteLogEntry(Utf8JsonWriter writer, LogEntry entry)
    {
        writer.WriteStartObject();
        writer.Optional("message", entry.Message);
        writer.Optional("formatted", entry.Formatted);
        writer.Optional("params", entry.Params);
        writer.WriteEndObject();
    }

    static void WriteDebugMeta(Utf8JsonWriter writer, DebugMeta meta)
    {
        writer.WriteStartObject();
        writer.Optional("sdk_info", meta.SdkInfo);
        writer.OptionalList("images", meta.Images, static (w, image) => image.WriteTo(w));
        writer.WriteEndObject();
    }
}
