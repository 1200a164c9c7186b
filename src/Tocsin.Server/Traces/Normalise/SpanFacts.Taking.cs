using Tocsin.Protocol.Traces;
using Tocsin.Server.Releases;

namespace Tocsin.Server.Traces.Normalise;

/// <summary>Which attribute is which fact. A new name for a known fact is a line here.</summary>
sealed partial class SpanFacts
{
    /// <summary>False: it stays an attribute, though something may have been read from it.</summary>
    bool Take(string key, in AttributeValue value)
    {
        switch (key)
        {
            // What the model holds already, and what the client says about its own sending.
            case "sentry.op"
            or "sentry.origin"
            or "sentry.kind"
            or "otel.kind"
            or "sentry.segment.id"
            or "sentry.exclusive_time":
            case "sentry.trace_lifecycle":
                return true;
            // Nothing but the status where it is one of its names; otherwise what went wrong.
            case "sentry.status.message":
                return SpanStatus.Read(Text(value)) is not null;
            case "sentry.is_localhost":
                IsLocal = value.Truth == true;
                return true;
            case "sentry.segment.name" or "sentry.transaction":
                return Set(ref transaction, value);
            case "transaction":
                transaction ??= Text(value);
                return false;
            case "sentry.segment.name.source" or "sentry.span.source" or "sentry.source":
                NameSource ??= Text(value);
                return false;
            case "sentry.release" or "release":
                return SetName(ref release, LegalNames.Release(Text(value)));
            case "sentry.environment" or "environment" or "deployment.environment" or "deployment.environment.name":
                return SetName(ref environment, LegalNames.Environment(Text(value)));
            case "sentry.dist":
                return Set(ref dist, value);
            case "sentry.platform":
                return Set(ref platform, value);
            case "sentry.sdk.name":
                return Set(ref sdkName, value);
            case "sentry.sdk.version":
                return Set(ref sdkVersion, value);
            case "sentry.server_name" or "host.name":
                return Set(ref server, value);
            case "service.name":
                Service ??= Text(value);
                return true;
            case "otel.trace_state":
                leftByThreshold ??= ClientRate.OfTraceState(Text(value));
                return false;
            case "sentry.client_sample_rate":
                return SetRate(ref statedRate, value);
            case "sentry.sample_rate":
                return SetRate(ref ownRate, value);
            case "sentry.replay_id" or "replay_id":
                ReplayId ??= Id(value);
                return ReplayId is not null && ReplayId == Id(value);
            case "sentry.profile_id" or "profile_id":
                ProfileId ??= Id(value);
                return ProfileId is not null && ProfileId == Id(value);
            default:
                return TakeVisitor(key, value) || TakeCall(key, value) || TakeVitalAttribute(key, value);
        }
    }

    bool TakeVisitor(string key, in AttributeValue value)
    {
        switch (key)
        {
            case "user.id" or "enduser.id" or "enduser.pseudo.id":
                UserId ??= Text(value);
                return false;
            case "user.email":
                UserEmail ??= Text(value);
                return false;
            case "user.username" or "user.name":
                UserName ??= Text(value);
                return false;
            case "user.ip_address" or "client.address" or "http.client_ip":
                UserAddress ??= Text(value);
                return Text(value) == "{{auto}}";
            case "user_agent.original" or "http.user_agent":
                UserAgent ??= Text(value);
                return false;
            case "browser.name" or "sentry.browser.name":
                return Set(ref browser, value);
            case "browser.version":
                return Set(ref browserVersion, value);
            case "os.name":
                return Set(ref system, value);
            case "device.class" when Text(value) is "desktop" or "mobile" or "tablet":
                return Set(ref device, value);
            case "device.family" or "device.model" or "device.model.name" or "device.model.identifier":
                Model ??= Text(value);
                return false;
            case "network.connection.effective_type" or "effectiveConnectionType":
                return Set(ref connection, value);
            case "network.connection.type" or "connectionType" or "device.connection_type":
                network ??= Text(value);
                return false;
            case "user.geo.country_code" or "geo.country.iso_code":
                return Set(ref country, value);
            default:
                return false;
        }
    }

    bool TakeCall(string key, in AttributeValue value)
    {
        switch (key)
        {
            case "http.request.method" or "http.method":
                return Set(ref method, value);
            // Calls of gRPC and of tools have a method as well, with a path.
            case "method" when Text(value) is { } bare && bare.All(char.IsAsciiLetter):
                return Set(ref method, value);
            case "http.response.status_code" or "http.status_code" or "status_code":
                return SetStatus(value);
            case "url.full" or "http.url" or "url":
                return SetUrl(value);
            case "http.route":
                Route ??= Text(value);
                return false;
            case "url.path" or "http.target":
                Path ??= Text(value);
                return false;
            case ServerAddress:
                host ??= Text(value);
                address ??= Text(value);
                return false;
            case "http.host":
                host ??= Text(value);
                called ??= Text(value);
                return false;
            case "net.peer.name" or "server.socket.domain" or "net.sock.peer.name":
                called ??= Text(value);
                return false;
            case "net.host.name" or "http.server_name":
                host ??= Text(value);
                return false;
            case "network.peer.address" or "server.socket.address" or "net.peer.ip" or "net.sock.peer.addr":
                calledMachine ??= Text(value);
                return false;
            case "url.scheme" or "http.scheme":
                scheme ??= Text(value);
                return false;
            case "server.port" or "net.host.port":
                port ??= Text(value);
                return false;
            case "db.system" or "db.system.name" or "cache.system":
                DbSystem ??= Text(value)?.ToLowerInvariant();
                return false;
            case "db.query.text" or "db.statement":
                Statement ??= Text(value);
                return false;
            case "db.collection.name"
            or "db.mongodb.collection"
            or "db.sql.table"
            or "db.cassandra.table"
            or "db.cosmosdb.container":
                Collection ??= Text(value);
                return false;
            case "db.operation.name"
            or "db.operation"
            or "messaging.operation"
            or "messaging.operation.name"
            or "graphql.operation.type":
                Operation ??= Text(value);
                return false;
            case "graphql.operation.name":
                OperationName ??= Text(value);
                return false;
            case "messaging.destination.name" or "messaging.destination":
                Destination ??= Text(value);
                return false;
            default:
                return false;
        }
    }

    bool TakeVitalAttribute(string key, in AttributeValue value)
    {
        const string prefix = "browser.web_vital.";
        const string suffix = ".value";
        return key.StartsWith(prefix, StringComparison.Ordinal)
            && key.EndsWith(suffix, StringComparison.Ordinal)
            && value.Number is { } number
            && TakeVital(key[prefix.Length..^suffix.Length], Milliseconds(number, value.Unit));
    }

    bool TakeVital(string name, double value)
    {
        if (!double.IsFinite(value) || value < 0)
        {
            return false;
        }
        switch (name)
        {
            case "lcp":
                Lcp ??= value;
                return true;
            case "fcp":
                Fcp ??= value;
                return true;
            case "cls":
                Cls ??= value;
                return true;
            case "inp":
                Inp ??= value;
                return true;
            case "ttfb":
                Ttfb ??= value;
                return true;
            case "fid":
                Fid ??= value;
                return true;
            default:
                return false;
        }
    }

    bool SetStatus(in AttributeValue value)
    {
        var number = value.Whole ?? (long.TryParse(Text(value), out var parsed) ? parsed : null);
        if (number is not (>= 0 and < 1000))
        {
            return false;
        }
        HttpStatus ??= (int)number;
        return HttpStatus == number;
    }

    /// <summary>The column is for counting, so it has neither query nor fragment; one that has them stays an attribute as well.</summary>
    bool SetUrl(in AttributeValue value)
    {
        if (Text(value) is not { } text)
        {
            return false;
        }
        url ??= WithoutQuery(text);
        return url == text;
    }

    static bool Set(ref string? field, in AttributeValue value)
    {
        if (Text(value) is not { } text)
        {
            return false;
        }
        field ??= text;
        return field == text;
    }

    /// <summary>What is no name stays an attribute: it would be a row of its project, as long as whoever sent it likes.</summary>
    /// <param name="field">The column's.</param>
    /// <param name="name">Null: nothing may be called so.</param>
    static bool SetName(ref string? field, string? name)
    {
        field ??= name;
        return name is not null && field == name;
    }

    static string? Text(in AttributeValue value) =>
        value.Type == AttributeType.Json ? null
        : value.ToString() is { Length: > 0 } text ? text
        : null;

    static UInt128? Id(in AttributeValue value) => EventId.TryParse(Text(value), out var id) && !id.IsNil ? id.Value : null;

    static bool SetRate(ref double? field, in AttributeValue value)
    {
        field ??= ClientRate.Of(Text(value));
        return field is not null;
    }

    static double Milliseconds(double value, string? unit) =>
        unit switch
        {
            "second" => value * 1e3,
            "microsecond" => value / 1e3,
            "nanosecond" => value / 1e6,
            _ => value,
        };
}
