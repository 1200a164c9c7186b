using System.Text.Json.Nodes;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Events.Reading;

/// <summary><c>user</c>. What we do not know goes to its data.</summary>
static class UserReader
{
    static readonly EventUser Empty = new();

    public static EventUser? Read(ref JsonCursor cursor)
    {
        if (!cursor.OpenObject())
        {
            return null;
        }
        var user = Empty;
        JsonObject? others = null;
        while (cursor.NextProperty())
        {
            switch (cursor.Name)
            {
                case "id":
                    user = user with { Id = cursor.Text() };
                    break;
                case "email":
                    user = user with { Email = cursor.Text() };
                    break;
                case "ip_address":
                    user = user with { IpAddress = cursor.Text() };
                    break;
                case "username":
                    user = user with { Username = cursor.Text() };
                    break;
                case "name":
                    user = user with { Name = cursor.Text() };
                    break;
                case "segment":
                    user = user with { Segment = cursor.Text() };
                    break;
                case "geo":
                    user = user with { Geo = cursor.Object() };
                    break;
                case "data":
                    user = user with { Data = cursor.Object() };
                    break;
                default:
                    var name = cursor.Name.ToString();
                    (others ??= [])[name] = cursor.Node();
                    break;
            }
        }
        user = others is null ? user : user with { Data = Join(user.Data, others) };
        return user == Empty ? null : user;
    }

    static JsonObject Join(JsonObject? data, JsonObject others)
    {
        foreach (var (name, value) in data ?? [])
        {
            others[name] = value?.DeepClone();
        }
        return others;
    }
}
