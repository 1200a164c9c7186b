using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Explore.Reading;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore.Histograms;

/// <summary>How the values of numeric fields are spread. Several fields have the same bins.</summary>
sealed class HistogramQueries(QuestionReader reader, TelemetryStore telemetry)
{
    /// <summary>What lies so many times the middle half's width above that half is an outlier.</summary>
    const double Fence = 3;

    /// <returns>Null: the request names a project that is none of the organisation.</returns>
    public async Task<Answer<IReadOnlyDictionary<string, IReadOnlyList<HistogramBinShape>>>?> OfAsync(
        Tenant tenant,
        ExploreRequest request,
        HistogramForm form,
        CancellationToken cancellation
    )
    {
        // Measurements stand in spans of several kinds, web vitals in such as come later than their page's transaction.
        var usual = request.Fields.All(HistogramRequest.IsMeasurement) ? "spans" : "transactions";
        var asked = request with { Dataset = string.IsNullOrEmpty(request.Dataset) ? usual : request.Dataset, Sort = [] };
        var smallest = request.Fields.Distinct().ToDictionary(field => field, field => $"min({field})");
        if (await reader.ReadAsync(tenant, asked, [.. smallest.Values], null, cancellation) is not { } question)
        {
            return null;
        }
        var values = smallest.ToDictionary(
            field => field.Key,
            field => Value(question.Columns.Single(column => column.Name == field.Value)),
            StringComparer.Ordinal
        );
        var rows = question with { Columns = [], Groups = null };
        var ends = await EndsAsync(rows, values.Values, form, cancellation);
        var bins = Bins.Of(ends.Value.Min, ends.Value.Max, form.Buckets, form.Places);
        var notes = ends.Notes;
        var found = new Dictionary<string, IReadOnlyList<HistogramBinShape>>(StringComparer.Ordinal);
        foreach (var (field, value) in values)
        {
            var counted = await CountAsync(rows, value, bins, cancellation);
            notes = notes.With(counted.Notes);
            found[field] = counted.Value;
        }
        return new(found, notes);
    }

    /// <summary>The smallest is asked for so that the field is read as a number.</summary>
    static Expression Value(Column smallest) => ((Expression.Aggregate)smallest.Expression).Argument!;

    /// <summary>Of the values that count, both inclusive; null: there is none.</summary>
    async Task<Answer<(double? Min, double? Max)>> EndsAsync(
        Question rows,
        IReadOnlyCollection<Expression> values,
        HistogramForm form,
        CancellationToken cancellation
    )
    {
        // What is said to be the end is not in it any more.
        var stated = form.Max - 0.1 / Math.Pow(10, form.Places);
        if (form.Min is { } low && stated is { } high)
        {
            return new((low, Math.Max(low, high)), AnswerNotes.None);
        }
        List<double> lows = [],
            highs = [],
            fences = [];
        var notes = AnswerNotes.None;
        foreach (var value in values)
        {
            var result = await telemetry.QueryAsync(
                rows.Where(
                        new Filter.And([
                            new Filter.Compare(value, Comparison.GreaterOrEqual, -HistogramForm.Farthest),
                            new Filter.Compare(value, Comparison.LessOrEqual, HistogramForm.Farthest),
                        ])
                    )
                    .Query(
                        new Selected("min", new Expression.Aggregate(AggregateKind.Min, value)),
                        new Selected("max", new Expression.Aggregate(AggregateKind.Max, value)),
                        new Selected("first", new Expression.Quantile(value, 0.25)),
                        new Selected("third", new Expression.Quantile(value, 0.75))
                    ),
                cancellation
            );
            notes = notes.With(rows.NotesOf(result));
            if (result.Rows is [[{ } least, { } most, { } first, { } third]])
            {
                lows.Add(Number(least));
                highs.Add(Number(most));
                fences.Add(Number(third) + Fence * (Number(third) - Number(first)));
            }
        }
        if (lows.Count == 0)
        {
            return new((form.Min, stated), notes);
        }
        var (min, max) = (
            form.Min ?? lows.Min(),
            stated ?? (form.LeavesOutOutliers ? Math.Min(fences.Max(), highs.Max()) : highs.Max())
        );
        // Who states one end beyond all values gets the one bin at it.
        return new(form.Min is null ? (Math.Min(min, max), max) : (min, Math.Max(min, max)), notes);
    }

    static double Number(object value) => Convert.ToDouble(value, null);

    async Task<Answer<IReadOnlyList<HistogramBinShape>>> CountAsync(
        Question rows,
        Expression value,
        Bins bins,
        CancellationToken cancellation
    )
    {
        var bin = new Expression.Applied(Function.Floor, (value * bins.Unit - bins.Start) / bins.Width);
        var result = await telemetry.QueryAsync(
            rows.Where(
                    new Filter.And([
                        new Filter.Compare(value, Comparison.GreaterOrEqual, bins.From),
                        new Filter.Compare(value, Comparison.Less, bins.To),
                    ])
                )
                .Query(new Selected("bin", bin), new Selected("count", Expression.Count)) with
            {
                GroupBy = [bin],
                // The edges are no whole numbers of the value's unit; rounding may put a value beside them.
                Limit = bins.Count + 2,
            },
            cancellation
        );
        var counts = new long[bins.Count];
        foreach (var row in result.Rows)
        {
            counts[Math.Clamp((int)Convert.ToDouble(row[0], null), 0, bins.Count - 1)] += Convert.ToInt64(row[1], null);
        }
        return new([.. counts.Select((count, at) => new HistogramBinShape(bins.EdgeOf(at), count))], rows.NotesOf(result));
    }
}

/// <summary>Bin: where it begins; the next begins where it ends.</summary>
sealed record HistogramBinShape(double Bin, long Count);
