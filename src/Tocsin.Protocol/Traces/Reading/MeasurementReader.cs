using System.Text.Json;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Traces.Reading;

/// <summary><c>{"lcp": {"value": 116, "unit": "millisecond"}}</c>; a bare number is one without unit.</summary>
static class MeasurementReader
{
    public static IReadOnlyList<Measurement> Read(ref JsonCursor cursor)
    {
        var read = new List<Measurement>();
        if (!cursor.OpenObject())
        {
            return read;
        }
        while (cursor.NextProperty())
        {
            var name = cursor.Name.ToString();
            if (name.Length == 0)
            {
                cursor.SetAside("a measurement needs a name");
            }
            else if (ReadOne(ref cursor, name) is { } measurement)
            {
                read.Add(measurement);
            }
        }
        return read;
    }

    static Measurement? ReadOne(ref JsonCursor cursor, string name)
    {
        if (cursor.Token is JsonTokenType.Number or JsonTokenType.String)
        {
            return cursor.Real() is { } bare ? new(name, bare, null) : null;
        }
        if (!cursor.OpenObject())
        {
            return null;
        }
        double? value = null;
        string? unit = null;
        while (cursor.NextProperty())
        {
            switch (cursor.Name)
            {
                case "value":
                    value = cursor.Real();
                    break;
                case "unit":
                    unit = cursor.Text();
                    break;
                default:
                    cursor.Skip();
                    break;
            }
        }
        return value is { } number ? new(name, number, unit) : null;
    }
}
