using Tocsin.Telemetry;

namespace Tocsin.Server.Traces;

/// <summary>The values of a telemetry row, read one after the other in the order in which they were selected.</summary>
sealed class Cells(IReadOnlyList<object?> row)
{
    int next;

    public string? Text() => row[next++]?.ToString();

    public long Number() => MaybeNumber() ?? 0;

    public long? MaybeNumber() => row[next++] is { } value ? Convert.ToInt64(value, null) : null;

    public double Real() => MaybeReal() ?? 0;

    /// <summary>Null also for what is no finite number, which JSON could not say.</summary>
    public double? MaybeReal() =>
        row[next++] is { } value && Convert.ToDouble(value, null) is var real && double.IsFinite(real) ? real : null;

    public bool Truth() => row[next++] is true;

    public Distribution Spread() => row[next++] as Distribution ?? Distribution.Together([]);

    public UInt128? Id() => row[next++] is UInt128 id ? id : null;
}
