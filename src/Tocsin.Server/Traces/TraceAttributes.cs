using System.Collections.Frozen;
using System.Globalization;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Traces;

/// <summary>Fields and attributes that a caller asks of the spans of a trace beside the usual ones.</summary>
sealed class TraceAttributes(IReadOnlyList<string> names)
{
    /// <summary>Each is a column more of every span.</summary>
    public const int Most = 20;

    readonly IReadOnlyList<(string Name, Expression Value)> asked =
    [
        .. names.Distinct().Take(Most).Select(name => (name, FieldTable.Spans.Named(name))),
    ];

    /// <summary>They stand behind all others.</summary>
    public IEnumerable<Selected> Columns => asked.Select(one => new Selected(one.Name, one.Value));

    /// <summary>As the API writes them, those that the span has.</summary>
    public IReadOnlyDictionary<string, object> Read(IReadOnlyList<object?> row)
    {
        if (asked.Count == 0)
        {
            return FrozenDictionary<string, object>.Empty;
        }
        var found = new Dictionary<string, object>(asked.Count);
        for (var at = 0; at < asked.Count; at++)
        {
            if (row[row.Count - asked.Count + at] is { } value)
            {
                found[asked[at].Name] = Written(FieldTable.Spans.TypeOf(asked[at].Value), value);
            }
        }
        return found;
    }

    static object Written(FieldType type, object value) =>
        (type, value) switch
        {
            (FieldType.Time, long time) => Metadata.Microseconds.ToUtc(time),
            (FieldType.SpanId, long id) => TraceMapping.Hex(id),
            (_, UInt128 id) => id.ToString("x32", CultureInfo.InvariantCulture),
            _ => value,
        };
}
