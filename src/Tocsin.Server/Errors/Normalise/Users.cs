using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>
/// Who was hit. The address is filled in this order: <c>{{auto}}</c> stands for the one who connected; the server's own view of the
/// visitor (REMOTE_ADDR) fills an empty one; browsers and phones are the visitor themselves. The client's setting <c>infer_ip</c> wins.
/// </summary>
static class Users
{
    const string Auto = "{{auto}}";

    public static ErrorEvent Apply(ErrorEvent e, Circumstances around, NoteBook notes)
    {
        var infer = InferOf(e.Sdk);
        var client = around.ClientAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : around.ClientAddress;
        var inferred = infer == Infer.Never ? null : client?.ToString();
        var request = e.Request is { } sent ? sent with { Env = WithRemote(sent.Env, inferred) } : null;
        var user = e.User ?? new();
        var address = user.IpAddress?.Trim() == Auto ? inferred : Valid(user.IpAddress, notes);
        address ??= infer == Infer.Never ? null : Valid(RemoteOf(request?.Env));
        var isVisitor = around.IsSecurityReport || infer == Infer.Auto || e.Platform is "javascript" or "cocoa" or "objc";
        address ??= isVisitor ? inferred : null;
        return e with { Request = request, User = Finish(user with { IpAddress = address }, notes) };
    }

    static EventUser? Finish(EventUser user, NoteBook notes)
    {
        user = user with
        {
            Id = Names.NotEmpty(notes.Limit(user.Id?.Trim(), 128, "user.id", 20)),
            Email = Names.NotEmpty(notes.Limit(user.Email?.Trim(), 75, "user.email", 5)),
            Username = Names.NotEmpty(notes.Limit(user.Username?.Trim(), 128, "user.username", 20)),
            Name = Names.NotEmpty(notes.Limit(user.Name?.Trim(), 128, "user.name", 20)),
            Data = BagLimits.Apply(user.Data, BagLimits.Context, "user.data", notes),
        };
        return user.IsEmpty && user.Data is null or { Count: 0 } && user.Geo is null && user.Segment is null ? null : user;
    }

    static JsonObject? WithRemote(JsonObject? env, string? inferred)
    {
        if (Text(env?["REMOTE_ADDR"]) != Auto)
        {
            return env;
        }
        var filled = (JsonObject)env!.DeepClone();
        if (inferred is null)
        {
            filled.Remove("REMOTE_ADDR");
        }
        else
        {
            filled["REMOTE_ADDR"] = inferred;
        }
        return filled;
    }

    static string? RemoteOf(JsonObject? env) => Text(env?["REMOTE_ADDR"]);

    static string? Valid(string? address, NoteBook? notes = null)
    {
        if (string.IsNullOrWhiteSpace(address))
        {
            return null;
        }
        // "1" and "0x7f" parse as addresses too; nobody means that.
        if (address.AsSpan().ContainsAny('.', ':') && IPAddress.TryParse(address.Trim(), out var parsed))
        {
            return parsed.ToString();
        }
        notes?.Dropped("user.ip_address", "invalid_data", address, "expected an ip address");
        return null;
    }

    static Infer InferOf(SdkDescription? sdk) =>
        Text(sdk?.Settings?["infer_ip"]) switch
        {
            "auto" => Infer.Auto,
            "never" => Infer.Never,
            _ => Infer.Legacy,
        };

    static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    enum Infer
    {
        Legacy,
        Auto,
        Never,
    }
}
