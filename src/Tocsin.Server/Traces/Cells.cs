using Tocsin.Telemetry;

namespace Tocsin.Server.Traces;

/// <summary>The values of a telemetry row, read one after the other in the order in which they were selected.</summary>
sealed class Cells(IReadOnlyList<object?> row)
{
    int _next;

    public string? Text() => row[_next++]?.ToString();

    public long Number() => MaybeNumber() ?? 0;

    public long? MaybeNumber() => row[_next++] is { } value ? Convert.ToInt64(value, null) : null;

    public double Real() => MaybeReal() ?? 0;

    /// <summary>Null also for what is no finite number, which JSON could not say.</summary>
    public double? MaybeReal() =>
        row[_next++] is { } value && Convert.ToDouble(value, null) is var real && double.IsFinite(real) ? real : null;

    public bool Truth() => row[_next++] is true;

    public Distribution Spread() => row[_next++] as Distribution ?? Distribution.Together([]);

    public UInt128? Id() => row[_next++] is UInt128 id ? id : null;
}
