using Tocsin.Telemetry.DuckDb.Native;
using Tocsin.Telemetry.Query;

namespace Tocsin.Telemetry.DuckDb;

/// <summary>What is known of a day and decides how it is asked.</summary>
/// <param name="IsCertain">False: how far it is summed up has to be asked for.</param>
/// <param name="Summed">How far it is summed up; null: nothing is, or nobody wants to know.</param>
/// <param name="Ends">The first and the last time of its spans; null: there are none.</param>
/// <param name="IsWeighted">Whether any of them stands for several.</param>
readonly record struct KnownDay(bool IsCertain, SummedPositions? Summed, (long? First, long? Last) Ends, bool IsWeighted)
{
    /// <param name="sums">That the question is answered by; null: by none.</param>
    /// <param name="asked">Where it is asked for if need be.</param>
    public static KnownDay Of(DayFile day, Sums? sums, Connection? asked = null)
    {
        var summed =
            sums is null ? default(SummedPositions)
            : day.IsClosed ? (day.Has(sums) ? SummedPositions.Whole : default)
            : asked is not null ? Summing.PositionsOf(asked, sums.Tables, day.Catalog)
            : day.SummedUpTo(sums);
        return new(summed is not null, summed is { Hours: > 0 } ? summed : null, day.Spans.Ends, day.IsWeighted);
    }
}
