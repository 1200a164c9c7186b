using System.Text.Json;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Events.Writing;

static class ThreadWriter
{
    public static void Write(Utf8JsonWriter writer, ThreadValue thread)
    {
        writer.WriteStartObject();
        writer.Optional("id", thread.Id);
        writer.Optional("name", thread.Name);
        writer.Optional("state", thread.State);
        writer.Optional("crashed", thread.Crashed);
        writer.Optional("current", thread.Current);
        writer.Optional("main", thread.Main);
        writer.OptionalObject("stacktrace", thread.StackTrace, StackTraceWriter.Write);
        writer.Optional("held_locks", thread.HeldLocks);
        writer.WriteEndObject();
    }
}
