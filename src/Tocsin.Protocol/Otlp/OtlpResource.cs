using Tocsin.Protocol.Traces;
using Tocsin.Protocol.Traces.Reading;

namespace Tocsin.Protocol.Otlp;

/// <summary>What sent the spans: a service, in OpenTelemetry's words. Of equal keys the first stands.</summary>
public sealed record OtlpResource(IReadOnlyList<KeyedValue> Attributes)
{
    /// <summary>
    /// Characters. What is said once of a program is repeated in each of its segments and errors; attributes that find no room are left out.
    /// </summary>
    const int MostText = 16 * 1024;

    public static OtlpResource Nameless { get; } = new([]);

    internal static OtlpResource Of(AttributeList attributes)
    {
        var room = MostText;
        var kept = new List<KeyedValue>();
        foreach (var held in attributes.ToList())
        {
            var length = held.Key.Length + held.Value.ToString().Length;
            if (length <= room)
            {
                room -= length;
                kept.Add(held);
            }
        }
        return new(kept);
    }

    public string? ServiceName => Text("service.name");

    /// <summary>What Sentry calls the release.</summary>
    public string? Release => Text("sentry.release") ?? Text("service.version");

    public string? Environment =>
        Text("sentry.environment") ?? Text("deployment.environment.name") ?? Text("deployment.environment");

    public string? HostName => Text("host.name");

    /// <summary><c>nodejs</c>, <c>dotnet</c>, <c>java</c>…</summary>
    public string? Language => Text("telemetry.sdk.language");

    /// <summary>The language under Sentry's name for it; null where it has none.</summary>
    public string? Platform =>
        Language switch
        {
            "nodejs" => "node",
            "webjs" => "javascript",
            "dotnet" => "csharp",
            "erlang" => "elixir",
            "cpp" => "native",
            "swift" => "cocoa",
            "kotlin" or "android" => "java",
            "python" or "java" or "go" or "ruby" or "php" or "rust" or "elixir" or "dart" => Language,
            _ => null,
        };

    /// <summary>Null when there is no such attribute, or an empty one.</summary>
    public string? Text(string key)
    {
        foreach (var (held, value) in Attributes)
        {
            if (held == key)
            {
                return value.ToString() is { Length: > 0 } text ? text : null;
            }
        }
        return null;
    }
}
