using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;
using Tocsin.Server.Api;
using Tocsin.Server.Explore.Reading;
using Tocsin.Server.Projects;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore;

/// <summary>
/// What the address of a question says, unread: <c>dataset</c>, <c>field</c> and <c>yAxis</c> (repeatable), <c>query</c>, <c>sort</c>,
/// <c>project</c> and <c>environment</c> (repeatable), the period (90 days by default), and of series <c>interval</c>, <c>topEvents</c>,
/// <c>excludeOther</c>, <c>groupBy</c>, <c>comparisonDelta</c>.
/// </summary>
sealed record ExploreRequest : IEndpointParameterMetadataProvider
{
    static readonly TimeSpan DefaultPeriod = TimeSpan.FromDays(90);

    public string? Dataset { get; init; }
    public IReadOnlyList<string> Fields { get; init; } = [];
    public IReadOnlyList<string> Axes { get; init; } = [];
    public string? Query { get; init; }
    public IReadOnlyList<string> Sort { get; init; } = [];
    public IReadOnlyList<string> Projects { get; init; } = [];
    public IReadOnlyList<string> Environments { get; init; } = [];
    public required TimeRange Range { get; init; }
    public string? Interval { get; init; }

    /// <summary>0: one series for all.</summary>
    public int Top { get; init; }

    public bool LeavesOutOthers { get; init; }

    /// <summary>How long before the period the one began that a series is compared with; null: with none.</summary>
    public TimeSpan? Earlier { get; init; }

    /// <summary>What the trends among the fields are of; null: of p50() in the halves of the period.</summary>
    public Trend? Trend { get; init; }

    public static async ValueTask<ExploreRequest> BindAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        var period = await PeriodRequest.BindAsync(context);
        return new()
        {
            Dataset = query["dataset"],
            Fields = [.. All(query["field"]), .. All(query["groupBy"])],
            Axes = All(query["yAxis"]),
            Query = query["query"],
            Sort = All(query.ContainsKey("sort") ? query["sort"] : query["orderby"]),
            Projects = ProjectSelection.Asked(query),
            Environments = All(query["environment"]),
            Range = period.OrLast(DefaultPeriod, time),
            Interval = query["interval"],
            Top = ReadTop(query["topEvents"]),
            LeavesOutOthers = (string?)query["excludeOther"] is "1" or "true",
            Earlier = ReadEarlier(query["comparisonDelta"]),
        };
    }

    static int ReadTop(string? written)
    {
        const int most = 10;
        if (string.IsNullOrEmpty(written))
        {
            return 0;
        }
        return int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var top) && top <= most
            ? top
            : throw new BadHttpRequestException($"topEvents must be a whole number from 0 to {most}.");
    }

    static TimeSpan? ReadEarlier(string? written)
    {
        const int most = 10 * 366 * 86_400;
        if (string.IsNullOrEmpty(written))
        {
            return null;
        }
        return
            int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= most
            ? TimeSpan.FromSeconds(seconds)
            : throw new BadHttpRequestException("comparisonDelta must be an integer: how many seconds earlier.");
    }

    static string[] All(StringValues values) => [.. values.OfType<string>().Where(value => value.Length > 0)];

    public static IReadOnlyList<QueryParameter> Described { get; } =
    [
        new(
            "dataset",
            "errors, spans, transactions, issuePlatform (what detectors found); discover (the default) is errors or transactions, by what is asked."
        ),
        new("field", "A field, tags[key], tags[key,number], a function or equation|…; at most 20.", Repeats: true),
        new("query", "A search over rows, and over aggregates: p95(span.duration):>300ms."),
        new("sort", "A field or function, with a dash before it for descending.", Repeats: true),
        new("project", "Slug or id; -1 for all.", Repeats: true),
        new("environment", "Only rows of this environment.", Repeats: true),
        .. QueryParameter.OfPeriod,
        new("yAxis", "Of series: a function; count() by default.", Repeats: true),
        new("interval", "Of series: the length of a step, such as 5m."),
        new("topEvents", "Of series: one for each of so many of the largest groups of equal fields, at most 10."),
        new("groupBy", "Of series: as field.", Repeats: true),
        new("excludeOther", "Of series: 1 leaves out the one of all other groups."),
        new("comparisonDelta", "Of a single series: so many seconds earlier lies what its values are compared with."),
    ];

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        foreach (var described in Described)
        {
            builder.Metadata.Add(described);
        }
    }
}
