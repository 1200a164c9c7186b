using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Tocsin.Server.Api;
using Tocsin.Server.Explore.Reading;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Explore.Trends;

/// <summary>
/// A question about transactions, and of which change: of <c>trendFunction</c> (<c>p50()</c> by default), of <c>trendType</c> (<c>regression</c>, the
/// default, or <c>improved</c>), at <c>middle</c> (ISO 8601; half the period by default).
/// </summary>
sealed record TrendRequest(ExploreRequest Explore, string? Function, string? Type, string? Middle)
    : IEndpointParameterMetadataProvider
{
    const string Regression = "regression";
    const string Improved = "improved";

    public static async ValueTask<TrendRequest> BindAsync(HttpContext context)
    {
        var query = context.Request.Query;
        return new(await ExploreRequest.BindAsync(context), query["trendFunction"], query["trendType"], query["middle"]);
    }

    /// <summary>With what is always answered beside the fields, the largest change first.</summary>
    /// <exception cref="ExploreMistake">There is no such trend.</exception>
    public ExploreRequest Read()
    {
        var function = string.IsNullOrEmpty(Function) ? Trend.UsualFunction : Function;
        var type = string.IsNullOrEmpty(Type) ? Regression : Type;
        if (type is not (Regression or Improved))
        {
            throw new ExploreMistake($"{type} is not a supported trend type");
        }
        if (!function.EndsWith(')') || TrendFunctions.AreIn(function))
        {
            throw TrendFunctions.Unsupported(function);
        }
        if (Explore.Fields.Count == 0)
        {
            throw new ExploreMistake("No columns selected");
        }
        return Explore with
        {
            Dataset = string.IsNullOrEmpty(Explore.Dataset) ? "transactions" : Explore.Dataset,
            Fields = [.. Explore.Fields, .. TrendFunctions.Answered.Select(name => $"{name}()")],
            Sort = Explore.Sort.Count > 0 ? Explore.Sort : [type == Improved ? "trend_percentage()" : "-trend_percentage()"],
            Trend = new(function, ReadMiddle(), type == Improved),
        };
    }

    long ReadMiddle()
    {
        if (string.IsNullOrEmpty(Middle))
        {
            return Trend.MiddleOf(Explore.Range);
        }
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTimeOffset.TryParse(Middle, CultureInfo.InvariantCulture, utc, out var moment))
        {
            throw new ExploreMistake($"{Middle} is not a valid date format");
        }
        return Microseconds.From(moment) is var middle && middle > Explore.Range.From && middle < Explore.Range.To
            ? middle
            : throw new ExploreMistake("The middle date should be within the duration of the query");
    }

    static readonly QueryParameter[] Described =
    [
        new("trendFunction", "What may have changed: p50() by default, p95(span.duration), avg(measurements.lcp) and the like."),
        new("trendType", "regression (the default) or improved: which way conditions on trend_percentage() and the like look."),
        new("middle", "Where the second part of the period begins: ISO 8601; half way by default."),
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
