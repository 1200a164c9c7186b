namespace Tocsin.Telemetry.Query;

/// <summary>Equal values share one parameter, so that an expression written twice is the same expression to the engine.</summary>
sealed class SqlParameters
{
    readonly List<object> values = [];

    public IReadOnlyList<object> Values => values;

    public string Add(object value)
    {
        var index = values.FindIndex(known => known.Equals(value));
        if (index < 0)
        {
            index = values.Count;
            values.Add(value);
        }
        return DuckDbDialect.Parameter(index + 1);
    }
}
