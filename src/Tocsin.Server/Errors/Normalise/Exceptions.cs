using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>Exceptions and how they were caught. A stack beside a single exception is that exception's.</summary>
static class Exceptions
{
    public static ErrorEvent Apply(ErrorEvent e, Circumstances around, NoteBook notes)
    {
        if (e.Exceptions.Count == 1 && e.Exceptions[0].StackTrace is null && e.StackTrace is not null)
        {
            e = e with { Exceptions = [e.Exceptions[0] with { StackTrace = e.StackTrace }], StackTrace = null };
        }
        return e with
        {
            Exceptions =
            [
                .. e.Exceptions.Select(
                    (exception, i) =>
                        exception with
                        {
                            Type = Names.NotEmpty(notes.Limit(exception.Type?.Trim(), 256, $"exception.values.{i}.type", 20)),
                            Value = notes.Limit(exception.Value, 8192, $"exception.values.{i}.value", 200),
                            Module = notes.Limit(exception.Module, 256, $"exception.values.{i}.module", 20),
                            Mechanism = Finish(exception.Mechanism, e),
                        }
                ),
            ],
        };
    }

    static Mechanism? Finish(Mechanism? mechanism, ErrorEvent e)
    {
        if (mechanism?.Meta is not { } meta)
        {
            return mechanism;
        }
        var named = CrashNames.Fill(meta, OperatingSystem(e));
        return ReferenceEquals(named, meta) ? mechanism : mechanism with { Meta = named };
    }

    static string? OperatingSystem(ErrorEvent e) =>
        e.Contexts?["os"] is JsonObject os && os["name"] is JsonValue name && name.TryGetValue(out string? text) ? text
        : e.DebugMeta?.SdkInfo?["sdk_name"] is JsonValue sdk && sdk.TryGetValue(out string? system) ? system
        : null;
}
