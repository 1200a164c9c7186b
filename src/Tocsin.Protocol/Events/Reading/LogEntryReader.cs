using System.Text.Json;
using System.Text.Json.Nodes;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Events.Reading;

/// <summary><c>logentry</c> and <c>message</c>: a text, or an object with template, parameters and finished text.</summary>
static class LogEntryReader
{
    public static LogEntry? Read(ref JsonCursor cursor)
    {
        if (cursor.Token != JsonTokenType.StartObject)
        {
            return cursor.Text() is { } text ? new(text, null, null) : null;
        }
        string? message = null;
        string? formatted = null;
        JsonNode? parameters = null;
        cursor.Open();
        while (cursor.NextProperty())
        {
            switch (cursor.Name)
            {
                case "message":
                    message = cursor.AnyText();
                    break;
                case "formatted":
                    formatted = cursor.AnyText();
                    break;
                case "params":
                    parameters = cursor.Node();
                    break;
                default:
                    cursor.Skip();
                    break;
            }
        }
        return message is null && formatted is null ? null : new(message, formatted, parameters);
    }

    /// <summary>
    /// Several clients send both: then <c>logentry</c> holds the template, and <c>message</c> may be the text made from it.
    /// </summary>
    public static LogEntry? Join(LogEntry? entry, LogEntry? message)
    {
        if (entry is null || message is null)
        {
            return entry ?? message;
        }
        var text = message.Formatted ?? message.Message;
        return entry with
        {
            Formatted = entry.Formatted ?? (text == entry.Message ? null : text),
            Params = entry.Params ?? message.Params,
        };
    }
}
