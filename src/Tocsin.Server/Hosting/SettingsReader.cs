using System.Globalization;
using System.Net;
using System.Text.Json;
using Npgsql;

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
        "TOCSIN_APPROVE",
        "TOCSIN_TEST_METADATA",
        "TOCSIN_SERVER",
        "TOCSIN_TOKEN",
        "TOCSIN_ORG",
    ];

    public static ServerOptions? Read(IReadOnlyDictionary<string, string> environment, string directory, out string? error)
    {
        var values = new Dictionary<string, string>();
        error = ReadFile(Path.Combine(directory, FileName), values) ?? ReadEnvironment(environment, values);
        return error is null ? Build(values, directory, out error) : null;
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

    static ServerOptions? Build(Dictionary<string, string> values, string directory, out string? error)
    {
        error = null;
        var listenText = values.GetValueOrDefault(Setting.Listen.Variable, Setting.Listen.Default);
        if (!TryEndPoint(listenText, out var listen))
        {
            error = $"{Setting.Listen.Variable} must be an address and a port such as 127.0.0.1:9000, not '{listenText}'.";
            return null;
        }
        IPEndPoint? grpc = null;
        if (values.GetValueOrDefault(Setting.OtlpGrpc.Variable) is { } grpcText && !TryEndPoint(grpcText, out grpc))
        {
            error = $"{Setting.OtlpGrpc.Variable} must be an address and a port such as 127.0.0.1:4317, not '{grpcText}'.";
            return null;
        }
        var urlText = values.GetValueOrDefault(Setting.Url.Variable, $"http://{Reachable(listen)}");
        if (
            !Uri.TryCreate(urlText, UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https")
            || url.Query.Length > 0
        )
        {
            error =
                $"{Setting.Url.Variable} must be an http or https address such as https://tocsin.example.com, not '{urlText}'.";
            return null;
        }
        var idText = values.GetValueOrDefault(Setting.BootstrapProjectId.Variable, Setting.BootstrapProjectId.Default);
        if (!long.TryParse(idText, NumberStyles.None, CultureInfo.InvariantCulture, out var projectId) || projectId == 0)
        {
            error = $"{Setting.BootstrapProjectId.Variable} must be a whole number from 1, not '{idText}'.";
            return null;
        }
        var key = values.GetValueOrDefault(Setting.BootstrapKey.Variable);
        if (
            key is not null
            && (key.Length != 32 || key.Any(digit => !char.IsAsciiHexDigitLower(digit) && !char.IsAsciiDigit(digit)))
        )
        {
            error = $"{Setting.BootstrapKey.Variable} must be 32 lowercase hex digits.";
            return null;
        }
        if (!TryAddresses(values.GetValueOrDefault(Setting.TrustedProxies.Variable, ""), out var proxies))
        {
            error = $"{Setting.TrustedProxies.Variable} must be IP addresses separated by commas.";
            return null;
        }
        if (values.GetValueOrDefault(Setting.Metadata.Variable) is { } metadata && !IsConnectionString(metadata))
        {
            // Not shown: it may hold a password.
            error =
                $"{Setting.Metadata.Variable} must be a PostgreSQL connection string such as Host=127.0.0.1;Username=tocsin;Database=tocsin.";
            return null;
        }
        if (GatewaySettings.Read(values, out error) is not { } gateway)
        {
            return null;
        }
        if (!MemorySettings.TryRead(values, ref gateway, out var memory, out error))
        {
            return null;
        }
        if (RetentionSettings.Read(values, out error) is not { } retention)
        {
            return null;
        }
        if (IssueSettings.Read(values, out error) is not { } issues)
        {
            return null;
        }
        return new()
        {
            Data = Path.GetFullPath(values.GetValueOrDefault(Setting.Data.Variable, Setting.Data.Default), directory),
            Listen = listen,
            OtlpGrpc = grpc,
            Url = url,
            Metadata = values.GetValueOrDefault(Setting.Metadata.Variable),
            AdminEmail = values.GetValueOrDefault(Setting.AdminEmail.Variable),
            AdminPassword = values.GetValueOrDefault(Setting.AdminPassword.Variable),
            BootstrapToken = values.GetValueOrDefault(Setting.BootstrapToken.Variable),
            BootstrapKey = key,
            BootstrapProjectId = projectId,
            TrustedProxies = proxies,
            Gateway = gateway,
            Memory = memory,
            Retention = retention,
            Issues = issues,
        };
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

    static bool TryEndPoint(string text, out IPEndPoint endPoint)
    {
        endPoint = new(IPAddress.Loopback, 0);
        var colon = text.LastIndexOf(':');
        return colon > 0
            && IPEndPoint.TryParse(text.Replace("localhost", "127.0.0.1", StringComparison.Ordinal), out endPoint!)
            && text[(colon + 1)..].All(char.IsAsciiDigit);
    }

    static string Reachable(IPEndPoint listen) =>
        listen.Address.Equals(IPAddress.Any) || listen.Address.Equals(IPAddress.IPv6Any)
            ? $"localhost:{listen.Port}"
            : listen.ToString();

    static bool TryAddresses(string text, out IReadOnlyList<IPAddress> addresses)
    {
        var parsed = new List<IPAddress>();
        addresses = parsed;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IPAddress.TryParse(part, out var address))
            {
                return false;
            }
            parsed.Add(address);
        }
        return true;
    }
}
