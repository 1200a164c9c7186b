using System.Text.Json;
using System.Text.Json.Nodes;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Events.Reading;

/// <summary><c>contexts</c>: an object of objects; anything else in it is set aside.</summary>
static class ContextReader
{
    public static JsonObject? Read(ref JsonCursor cursor)
    {
        if (!cursor.OpenObject())
        {
            return null;
        }
        var contexts = new JsonObject();
        while (cursor.NextProperty())
        {
            if (cursor.Token == JsonTokenType.StartObject)
            {
                var name = cursor.Name.ToString();
                contexts[name] = cursor.Object();
            }
            else if (cursor.OpenObject())
            {
                cursor.Close();
            }
        }
        return contexts.Count > 0 ? contexts : null;
    }
}
