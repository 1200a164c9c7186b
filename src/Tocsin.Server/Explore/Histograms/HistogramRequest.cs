using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Tocsin.Server.Api;

namespace Tocsin.Server.Explore.Histograms;

/// <summary>
/// A question about the values of up to four <c>field</c>s: in at most <c>numBuckets</c> (1 to 100) bins whose edges have <c>precision</c> decimal places
/// (0 to 4, 0 by default), from <c>min</c> up to but without <c>max</c>, or with <c>dataFilter=exclude_outliers</c> without what lies far above.
/// </summary>
sealed record HistogramRequest(ExploreRequest Explore, IQueryCollection Written) : IEndpointParameterMetadataProvider
{
    const int MostFields = 4;
    const int MostBuckets = 100;
    const int MostPlaces = 4;

    public static async ValueTask<HistogramRequest> BindAsync(HttpContext context) =>
        new(await ExploreRequest.BindAsync(context), context.Request.Query);

    /// <summary>Either what is asked for, or what is wrong with each parameter, in Sentry's words.</summary>
    public (HistogramForm? Form, ApiError? Error) Read()
    {
        List<(string Field, string Sentence)> problems = [];
        if (FieldProblem() is { } problem)
        {
            problems.Add(("field", problem));
        }
        var buckets = Whole("numBuckets", 1, MostBuckets, null, problems);
        var places = Whole("precision", 0, MostPlaces, 0, problems);
        var (min, max) = (Number("min", problems), Number("max", problems));
        if ((string?)Written["dataFilter"] is not (null or "" or "all" or "exclude_outliers"))
        {
            problems.Add(("dataFilter", $"\"{Written["dataFilter"]}\" is not a valid choice."));
        }
        if (problems.Count == 0 && min > max)
        {
            problems.Add(("non_field_errors", "min cannot be greater than max."));
        }
        return problems.Count > 0
            ? (null, ApiError.Fields(problems))
            : (new(buckets, places, min, max, (string?)Written["dataFilter"] == "exclude_outliers"), null);
    }

    string? FieldProblem() =>
        Explore.Fields.Count == 0 ? "This field is required."
        : Explore.Fields.Count > MostFields ? $"Ensure this field has no more than {MostFields} elements."
        : Explore.Fields.Count > 1 && !Explore.Fields.All(IsMeasurement)
            ? "You can only generate histogram for one column at a time unless they are all measurements."
        : null;

    public static bool IsMeasurement(string field) => field.StartsWith("measurements.", StringComparison.Ordinal);

    int Whole(string name, int least, int most, int? usual, List<(string, string)> problems)
    {
        var text = Written[name].ToString();
        if (text.Length == 0)
        {
            if (usual is null)
            {
                problems.Add((name, "This field is required."));
            }
            return usual ?? 0;
        }
        var isWhole = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        if (!isWhole || number < least || number > most)
        {
            problems.Add(
                (
                    name,
                    !isWhole ? "A valid integer is required."
                    : number < least ? $"Ensure this value is greater than or equal to {least}."
                    : $"Ensure this value is less than or equal to {most}."
                )
            );
        }
        return number;
    }

    double? Number(string name, List<(string, string)> problems)
    {
        var text = Written[name].ToString();
        if (text.Length == 0)
        {
            return null;
        }
        if (
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) <= HistogramForm.Farthest
        )
        {
            return number;
        }
        problems.Add((name, "A valid number is required."));
        return null;
    }

    static readonly QueryParameter[] Described =
    [
        new("numBuckets", "How many bins at most: 1 to 100."),
        new("precision", "How many decimal places their edges have: 0 (the default) to 4."),
        new("min", "The smallest value that counts; that of the rows by default."),
        new("max", "What all values that count lie below; beyond the largest of the rows by default."),
        new("dataFilter", "all (the default), or exclude_outliers: without those that lie far above most."),
        .. ExploreRequest.Described,
    ];

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        foreach (var described in Described)
        {
            builder.Metadata.Add(described);
        }
    }
}

/// <param name="Places">Decimal places of the edges.</param>
/// <param name="Min">Null: the smallest value that there is.</param>
/// <param name="Max">Exclusive; null: the largest value that there is, inclusive.</param>
sealed record HistogramForm(int Buckets, int Places, double? Min, double? Max, bool LeavesOutOutliers)
{
    /// <summary>Beyond this the edges of bins could not be told apart.</summary>
    public const double Farthest = 1e12;
}
