using System.Text.Json;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Events.Writing;

static class ExceptionWriter
{
    public static void Write(Utf8JsonWriter writer, ExceptionValue exception)
    {
        writer.WriteStartObject();
        writer.Optional("type", exception.Type);
        writer.Optional("value", exception.Value);
        writer.Optional("module", exception.Module);
        writer.Optional("thread_id", exception.ThreadId);
        writer.OptionalObject("mechanism", exception.Mechanism, WriteMechanism);
        writer.OptionalObject("stacktrace", exception.StackTrace, StackTraceWriter.Write);
        writer.OptionalObject("raw_stacktrace", exception.RawStackTrace, StackTraceWriter.Write);
        writer.WriteEndObject();
    }

    static void WriteMechanism(Utf8JsonWriter writer, Mechanism mechanism)
    {
        writer.WriteStartObject();
        writer.WriteString("type", mechanism.Type);
        writer.Optional("description", mechanism.Description);
        writer.Optional("help_link", mechanism.HelpLink);
        writer.Optional("handled", mechanism.Handled);
        writer.Optional("synthetic", mechanism.Synthetic);
        writer.Optional("source", mechanism.Source);
        writer.Optional("exception_id", mechanism.ExceptionId);
        writer.Optional("parent_id", mechanism.ParentId);
        writer.Optional("is_exception_group", mechanism.IsExceptionGroup);
        writer.Optional("data", mechanism.Data);
        writer.Optional("meta", mechanism.Meta);
        writer.WriteEndObject();
    }
}
