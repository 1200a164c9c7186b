using Tocsin.Protocol.Traces;

namespace Tocsin.Server.Traces.Normalise;

/// <summary>
/// What a span's attributes say that has a column of its own, under Sentry's names, OpenTelemetry's and the older ones; everything else is left in
/// <see cref="Rest"/>. Read in one pass, since spans are many; of several names for one thing the first sent wins and the others stay where
/// they are, unless they say the same.
/// </summary>
sealed partial class SpanFacts
{
    const string ServerAddress = "server.address";

    string? release;
    string? environment;
    string? dist;
    string? server;
    string? sdkName;
    string? sdkVersion;
    string? transaction;
    string? platform;
    string? browser;
    string? browserVersion;
    string? system;
    string? device;
    string? connection;
    string? network;
    string? country;
    string? method;
    string? url;
    string? scheme;
    string? host;
    string? port;
    string? address;
    string? called;
    string? calledMachine;
    double? leftByThreshold;
    double? statedRate;
    double? ownRate;

    public string? Release => release;
    public string? Environment => environment;
    public string? Dist => dist;
    public string? ServerName => server;
    public string? SdkName => sdkName;
    public string? SdkVersion => sdkVersion;
    public string? Transaction => transaction;
    public string? Platform => platform;
    public string? Service { get; private set; }
    public string? Browser => browser;
    public string? BrowserVersion => browserVersion;
    public string? System => system;
    public string? Device => device;

    /// <summary>As the vendor calls it: <c>iPhone</c>, <c>Pixel 7</c>.</summary>
    public string? Model { get; private set; }

    /// <summary>How fast it is (<c>4g</c>); where that is not told, what it is (<c>wifi</c>).</summary>
    public string? Connection => connection ?? network;
    public string? Country => country;
    public string? Method => method;

    /// <summary>Without query and fragment; put together where the client tells it in parts, as OpenTelemetry's servers do.</summary>
    public string? Url => url ?? Assembled;
    public int? HttpStatus { get; private set; }

    /// <summary>The server's pattern that the request's path fits.</summary>
    public string? Route { get; private set; }

    /// <summary>Of the request, as it came.</summary>
    public string? Path { get; private set; }
    public UInt128? ReplayId { get; private set; }
    public UInt128? ProfileId { get; private set; }

    /// <summary>See <see cref="ClientRate"/>.</summary>
    public double? SampleRate => leftByThreshold ?? statedRate ?? ownRate;

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
    public string? Peer => address ?? called ?? calledMachine;

    /// <summary>Of the server, which is what the span calls or where it runs.</summary>
    public string? Address => address;
    public bool TellsPort => port is not null;
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
            var (events, left) = SpanEventText.Of(span.Events);
            facts.Rest.Add(new("span.events", AttributeValue.OfJson(events)));
            if (left > 0)
            {
                facts.Rest.Add(new("tocsin.dropped_events_count", AttributeValue.Of(left)));
            }
        }
        foreach (var (name, value, unit) in span.Measurements)
        {
            facts.TakeVital(name, Milliseconds(value, unit));
        }
        return facts;
    }

    /// <summary>See <see cref="OwnAddress"/>.</summary>
    public void TakeAddressForOwn()
    {
        server ??= address;
        address = null;
        Rest.RemoveAll(held => held.Key == ServerAddress);
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

    /// <summary>Null where scheme, host or path are not told.</summary>
    string? Assembled
    {
        get
        {
            if (scheme is null || host is null || Path is not ['/', ..])
            {
                return null;
            }
            var port = this.port is null or "80" or "443" || host.Contains(':', StringComparison.Ordinal) ? "" : $":{this.port}";
            return $"{scheme}://{host}{port}{WithoutQuery(Path)}";
        }
    }

    static string WithoutQuery(string address)
    {
        var end = address.AsSpan().IndexOfAny('?', '#');
        return end < 0 ? address : address[..end];
    }
}
