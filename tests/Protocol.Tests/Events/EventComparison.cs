using System.Collections;
using System.Reflection;
using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;

namespace Protocol.Tests.Events;

/// <summary>Compares records member by member, lists element by element and JSON by value; names the first difference.</summary>
static class EventComparison
{
    public static void ShouldBeSame<T>(T actual, T expected) => Difference(actual, expected, "").ShouldBeNull();

    public static string? Difference(object? actual, object? expected, string path) =>
        (actual, expected) switch
        {
            (JsonNode a, JsonNode b) => JsonNode.DeepEquals(a, b) ? null : $"{path}: {a.ToJsonString()} ≠ {b.ToJsonString()}",
            (RawBag a, RawBag b) => Difference(a.ToObject(), b.ToObject(), path),
            (null, null) => null,
            (null, _) or (_, null) => $"{path}: {actual ?? "null"} ≠ {expected ?? "null"}",
            (string a, string b) => a == b ? null : $"{path}: {a} ≠ {b}",
            (IDictionary a, IDictionary b) => Lists(Sorted(a), Sorted(b), path),
            (IEnumerable a, IEnumerable b) => Lists([.. a.Cast<object?>()], [.. b.Cast<object?>()], path),
            _ when actual.GetType().GetMethod("<Clone>$") is not null => Members(actual, expected, path),
            _ => Equals(actual, expected) ? null : $"{path}: {actual} ≠ {expected}",
        };

    static List<object?> Sorted(IDictionary entries) =>
        [.. entries.Keys.Cast<string>().Order(StringComparer.Ordinal).Select(key => $"{key}={entries[key]}")];

    static string? Lists(List<object?> actual, List<object?> expected, string path) =>
        actual.Count != expected.Count
            ? $"{path}: {actual.Count} ≠ {expected.Count} elements"
            : actual
                .Zip(expected)
                .Select((pair, index) => Difference(pair.First, pair.Second, $"{path}[{index}]"))
                .FirstOrDefault(difference => difference is not null);

    static string? Members(object actual, object expected, string path) =>
        actual
            .GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => Difference(property.GetValue(actual), property.GetValue(expected), $"{path}.{property.Name}"))
            .FirstOrDefault(difference => difference is not null);
}
