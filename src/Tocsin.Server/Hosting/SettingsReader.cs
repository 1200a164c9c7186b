using System.Net;
using System.Text.Json;
using Npgsql;
using Tocsin.Server.Countries;

namespace Tocsin.Server.Hosting;

/// <summary>
/// Reads <see cref="ServerOptions"/> from <c>tocsin.json</c> and the environment. A wrong value is one sentence that names it;
/// an unknown <c>TOCSIN_</c> variable or key is wrong too, because a misspelt setting would silently not hold.
/// </summary>
static class SettingsReader
{
    public const string FileName = "tocsin.json";

    /// <summary>Variables that belong to development and tests, not to the product's settings.</summary>
    static readonly HashSet<string> Foreign =
    [
        "TOCSIN_LONG",
        "TOCSIN_SEED",
        "TOCSIN_FUZZ",
        "TOCSIN_APPROVE",
        "TOCSIN_TEST_METADATA",
        "TOCSIN_SERVER",
        "TOCSIN_TOKEN",
        "TOCSIN_ORG",
    ];

    public static ServerOptions? Read(IReadOnlyDictionary<string, string> environment, string directory, out string? error)
    {
        var written = new Dictionary<string, string>();
        error = ReadFile(Path.Combine(directory, FileName), written) ?? ReadEnvironment(environment, written);
        if (error is not null)
        {
            return null;
        }
        var values = new SettingValues(written);
        var options = MemorySettings.Apply(values, Build(values, directory));
        error = values.Wrong;
        return error is null ? options : null;
    }

    static string? ReadFile(string file, Dictionary<string, string> values)
    {
        if (!File.Exists(file))
        {
            return null;
        }
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var property in json.RootElement.EnumerateObject())
            {
                if (Setting.All.FirstOrDefault(known => known.Key == property.Name) is not { } setting)
                {
                    return $"{FileName}: '{property.Name}' is not a setting.";
                }
                values[setting.Variable] = property.Value.ToString();
            }
            return null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return $"{FileName} is not a JSON object: {exception.Message}";
        }
    }

    static string? ReadEnvironment(IReadOnlyDictionary<string, string> environment, Dictionary<string, string> values)
    {
        foreach (var (name, value) in environment)
        {
            if (!name.StartsWith("TOCSIN_", StringComparison.Ordinal) || Foreign.Contains(name))
            {
                continue;
            }
            if (!Setting.All.Any(setting => setting.Variable == name))
            {
                return $"{name} is not a setting.";
            }
            if (value.Length > 0)
            {
                values[name] = value;
            }
        }
        return null;
    }

    static ServerOptions Build(SettingValues values, string directory)
    {
        var listen = EndPoint(values, Setting.Listen, "127.0.0.1:9000");
        var data = Path.GetFullPath(values.Text(Setting.Data), directory);
        return new()
        {
            Data = data,
            Listen = listen,
            OtlpGrpc = values.Find(Setting.OtlpGrpc) is null ? null : EndPoint(values, Setting.OtlpGrpc, "127.0.0.1:4317"),
            Url = Url(values, listen),
            BootstrapProjectId = values.Number(Setting.BootstrapProjectId, "a whole number from 1", 1, long.MaxValue),
            BootstrapKey = Key(values),
            TrustedProxies = Addresses(values),
            Countries = Countries(values, directory, data),
            Metadata = ConnectionString(values),
            AdminEmail = values.Find(Setting.AdminEmail),
            AdminPassword = values.Find(Setting.AdminPassword),
            BootstrapToken = values.Find(Setting.BootstrapToken),
            Gateway = GatewaySettings.Read(values),
            Retention = RetentionSettings.Read(values),
            Issues = new() { NewPerHour = values.Bound(Setting.NewIssues, "a whole number, 0 for any") },
        };
    }

    static IPEndPoint EndPoint(SettingValues values, Setting setting, string example)
    {
        var text = values.Text(setting).Replace("localhost", "127.0.0.1", StringComparison.Ordinal);
        var colon = text.LastIndexOf(':');
        if (colon > 0 && text[(colon + 1)..].All(char.IsAsciiDigit) && IPEndPoint.TryParse(text, out var endPoint))
        {
            return endPoint;
        }
        values.Refuse(setting, $"an address and a port such as {example}");
        return new(IPAddress.Loopback, 0);
    }

    static Uri Url(SettingValues values, IPEndPoint listen)
    {
        var usual = $"http://{Reachable(listen)}";
        if (
            Uri.TryCreate(values.Find(Setting.Url) ?? usual, UriKind.Absolute, out var url)
            && url is { Scheme: "http" or "https", Query: "" }
        )
        {
            return url;
        }
        values.Refuse(Setting.Url, "an http or https address such as https://tocsin.example.com");
        return new(usual);
    }

    static string Reachable(IPEndPoint listen) =>
        listen.Address.Equals(IPAddress.Any) || listen.Address.Equals(IPAddress.IPv6Any)
            ? $"localhost:{listen.Port}"
            : listen.ToString();

    static string? Key(SettingValues values)
    {
        var key = values.Find(Setting.BootstrapKey);
        if (key is not null && (key.Length != 32 || !key.All(digit => char.IsAsciiHexDigitLower(digit))))
        {
            values.Refuse(Setting.BootstrapKey, "32 lowercase hex digits");
        }
        return key;
    }

    static List<IPAddress> Addresses(SettingValues values)
    {
        var addresses = new List<IPAddress>();
        var parts = (values.Find(Setting.TrustedProxies) ?? "").Split(
            ',',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
        );
        foreach (var part in parts)
        {
            if (!IPAddress.TryParse(part, out var address))
            {
                values.Refuse(Setting.TrustedProxies, "IP addresses separated by commas");
                break;
            }
            addresses.Add(address);
        }
        return addresses;
    }

    static CountryTable Countries(SettingValues values, string directory, string data)
    {
        var usual = Path.Combine(data, CountryFile.UsualName);
        var stated = values.Find(Setting.GeoCountries);
        if (stated is null && !File.Exists(usual))
        {
            return CountryTable.None;
        }
        var path = stated is null ? usual : Path.GetFullPath(stated, directory);
        if (CountryFile.Read(path, out var fault) is { } countries)
        {
            return countries;
        }
        values.Refuse($"{Setting.GeoCountries.Variable} must be a MaxMind DB file that says countries: {path} {fault}.");
        return CountryTable.None;
    }

    static string? ConnectionString(SettingValues values)
    {
        var text = values.Find(Setting.Metadata);
        if (text is not null && !IsConnectionString(text))
        {
            // Not shown: it may hold a password.
            values.Refuse(
                $"{Setting.Metadata.Variable} must be a PostgreSQL connection string such as Host=127.0.0.1;Username=tocsin;Database=tocsin."
            );
        }
        return text;
    }

    static bool IsConnectionString(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 };
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
