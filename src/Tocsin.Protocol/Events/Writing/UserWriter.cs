using System.Text.Json;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Events.Writing;

static class UserWriter
{
    public static void Write(Utf8JsonWriter writer, EventUser user)
    {
        writer.WriteStartObject();
        writer.Optional("id", user.Id);
        writer.Optional("email", user.Email);
        writer.Optional("ip_address", user.IpAddress);
        writer.Optional("username", user.Username);
        writer.Optional("name", user.Name);
        writer.Optional("segment", user.Segment);
        writer.Optional("geo", user.Geo);
        writer.Optional("data", user.Data);
        writer.WriteEndObject();
    }
}
