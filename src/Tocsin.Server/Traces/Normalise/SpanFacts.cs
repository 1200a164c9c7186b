using Tocsin.Protocol.Traces;
using Tocsin.Server.Errors.Normalise;

namespace Tocsin.Server.Traces.Normalise;

/// <summary>
/// What a span's attributes say that has a column of its own, under Sentry's names, OpenTelemetry's and the older ones; everything else is left in
/// <see cref="Rest"/>. Read in one pass, since spans are many; of several names for one thing the first sent wins and the others stay where
/// they are, unless they say the same.
/// </summary>
sealed class SpanFacts
{
    string? _release;
    string? _environment;
    string? _dist;
    string? _server;
    string? _sdkName;
    string? _sdkVersion;
    string? _transaction;
    string? _platform;
    string? _browser;
    string? _browserVersion;
    string? _system;
    string? _device;
    string? _connection;
    string? _network;
    string? _country;
    string? _method;
    string? _url;
    string? _scheme;
    string? _host;
    string? _port;
    string? _called;
    string? _calledMachine;

    public string? Release => _release;
    public string? Environment => _environment;
    public string? Dist => _dist;
    public string? ServerName => _server;
    public string? SdkName => _sdkName;
    public string? SdkVersion => _sdkVersion;
    public string? Transaction => _transaction;
    public string? Platform => _platform;
    public string? Service { get; private set; }
    public string? Browser => _browser;
    public string? BrowserVersion => _browserVersion;
    public string? System => _system;
    public string? Device => _device;

    /// <summary>As the vendor calls it: <c>iPhone</c>, <c>Pixel 7</c>.</summary>
    public string? Model { get; private set; }

    /// <summary>How fast it is (<c>4g</c>); where that is not told, what it is (<c>wifi</c>).</summary>
    public string? Connection => _connection ?? _network;
    public string? Country => _country;
    public string? Method => _method;

    /// <summary>Without query and fragment; put together where the client tells it in parts, as OpenTelemetry's servers do.</summary>
    public string? Url => _url ?? Assembled;
    public int? HttpStatus { get; private set; }

    /// <summary>The server's pattern that the request's path fits.</summary>
    public string? Route { get; private set; }

    /// <summary>Of the request, as it came.</summary>
    public string? Path { get; private set; }
    public UInt128? ReplayId { get; private set; }
    public UInt128? ProfileId { get; private set; }
    public double? SampleRate { get; private set; }

    /// <summary><c>url</c>, <c>route</c>, <c>custom</c>…: where the segment's name comes from.</summary>
    public string? NameSource { get; private set; }
    public string? UserAgent { get; private set; }
    public string? UserId { get; private set; }
    public string? UserEmail { get; private set; }
    public string? UserName { get; private set; }
    public string? UserAddress { get; private set; }

    /// <summary>The client says that it runs on the developer's machine.</summary>
    public bool IsLocal { get; private set; }

    /// <summary>Of what the span calls, by its name rather than by its address; see <see cref="Groups.SpanSubject"/>.</summary>
    public string? Peer => _called ?? _calledMachine;
    public string? DbSystem { get; private set; }
    public string? Statement { get; private set; }
    public string? Collection { get; private set; }
    public string? Operation { get; private set; }
    public string? OperationName { get; private set; }
    public string? Destination { get; private set; }

    /// <summary>Milliseconds; CLS has no unit.</summary>
    public double? Lcp { get; private set; }
    public double? Fcp { get; private set; }
    public double? Cls { get; private set; }
    public double? Inp { get; private set; }
    public double? Ttfb { get; private set; }
    public double? Fid { get; private set; }

    /// <summary>What has no column, in the order sent.</summary>
    public List<KeyedValue> Rest { get; } = [];

    public static SpanFacts Of(IReadOnlyList<KeyedValue> attributes)
    {
        var facts = new SpanFacts();
        foreach (var (key, value) in attributes)
        {
            if (!facts.Take(key, value))
            {
                facts.Rest.Add(new(key, value));
            }
        }
        return facts;
    }

    public static SpanFacts Of(Span span)
    {
        var facts = Of(span.Attributes);
        if (span.Events.Count > 0)
        {
            facts.Rest.Add(new("span.events", AttributeValue.OfJson(SpanEventText.Of(span.Events))));
        }
        foreach (var (name, value, unit) in span.Measurements)
        {
            facts.TakeVital(name, Milliseconds(value, unit));
        }
        return facts;
    }

    /// <summary>Of the span's program; what the span says itself wins.</summary>
    public void AddRest(IReadOnlyList<KeyedValue> attributes)
    {
        foreach (var attribute in attributes)
        {
            if (!Rest.Exists(held => held.Key == attribute.Key))
            {
                Rest.Add(attribute);
            }
        }
    }

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
            case "sentry.trace_lifecycle" or "sentry.status.message":
                return true;
            case "sentry.is_localhost":
                IsLocal = value.Truth == true;
                return true;
            case "sentry.segment.name" or "sentry.transaction":
                return Set(ref _transaction, value);
            case "transaction":
                _transaction ??= Text(value);
                return false;
            case "sentry.segment.name.source" or "sentry.span.source" or "sentry.source":
                NameSource ??= Text(value);
                return false;
            case "sentry.release" or "release":
                return SetName(ref _release, LegalNames.Release(Text(value)));
            case "sentry.environment" or "environment" or "deployment.environment" or "deployment.environment.name":
                return SetName(ref _environment, LegalNames.Environment(Text(value)));
            case "sentry.dist":
                return Set(ref _dist, value);
            case "sentry.platform":
                return Set(ref _platform, value);
            case "sentry.sdk.name":
                return Set(ref _sdkName, value);
            case "sentry.sdk.version":
                return Set(ref _sdkVersion, value);
            case "sentry.server_name" or "host.name":
                return Set(ref _server, value);
            case "service.name":
                Service ??= Text(value);
                return true;
            case "sentry.sample_rate" or "sentry.client_sample_rate":
                SampleRate ??= Rate(value);
                return SampleRate is not null;
            case "sentry.replay_id" or "replay_id":
                ReplayId ??= Id(value);
                return ReplayId is not null;
            case "sentry.profile_id" or "profile_id":
                ProfileId ??= Id(value);
                return ProfileId is not null;
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
                return Set(ref _browser, value);
            case "browser.version":
                return Set(ref _browserVersion, value);
            case "os.name":
                return Set(ref _system, value);
            case "device.class" when Text(value) is "desktop" or "mobile" or "tablet":
                return Set(ref _device, value);
            case "device.family" or "device.model" or "device.model.name" or "device.model.identifier":
                Model ??= Text(value);
                return false;
            case "network.connection.effective_type" or "effectiveConnectionType":
                return Set(ref _connection, value);
            case "network.connection.type" or "connectionType" or "device.connection_type":
                _network ??= Text(value);
                return false;
            case "user.geo.country_code" or "geo.country.iso_code":
                return Set(ref _country, value);
            default:
                return false;
        }
    }

    bool TakeCall(string key, in AttributeValue value)
    {
        switch (key)
        {
            case "http.request.method" or "http.method" or "method":
                return Set(ref _method, value);
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
            case "server.address" or "http.host":
                _host ??= Text(value);
                _called ??= Text(value);
                return false;
            case "net.peer.name" or "server.socket.domain" or "net.sock.peer.name":
                _called ??= Text(value);
                return false;
            case "net.host.name" or "http.server_name":
                _host ??= Text(value);
                return false;
            case "network.peer.address" or "server.socket.address" or "net.peer.ip" or "net.sock.peer.addr":
                _calledMachine ??= Text(value);
                return false;
            case "url.scheme" or "http.scheme":
                _scheme ??= Text(value);
                return false;
            case "server.port" or "net.host.port":
                _port ??= Text(value);
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

    /// <summary>Null where scheme, host or path are not told.</summary>
    string? Assembled
    {
        get
        {
            if (_scheme is null || _host is null || Path is not ['/', ..])
            {
                return null;
            }
            var port = _port is null or "80" or "443" || _host.Contains(':', StringComparison.Ordinal) ? "" : $":{_port}";
            return $"{_scheme}://{_host}{port}{WithoutQuery(Path)}";
        }
    }

    static string WithoutQuery(string address)
    {
        var end = address.AsSpan().IndexOfAny('?', '#');
        return end < 0 ? address : address[..end];
    }

    /// <summary>The column is for counting, so it has neither query nor fragment; one that has them stays an attribute as well.</summary>
    bool SetUrl(in AttributeValue value)
    {
        if (Text(value) is not { } text)
        {
            return false;
        }
        _url ??= WithoutQuery(text);
        return _url == text;
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

    static double? Rate(in AttributeValue value)
    {
        var rate = value.Number ?? (double.TryParse(Text(value), out var parsed) ? parsed : null);
        return rate is > 0 and <= 1 ? rate : null;
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
