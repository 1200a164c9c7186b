using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;
using Tocsin.Server.Api;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore;

/// <summary>
/// What the address of a question says, unread: <c>dataset</c>, <c>field</c> and <c>yAxis</c> (repeatable), <c>query</c>, <c>sort</c>,
/// <c>project</c> and <c>environment</c> (repeatable), the period (90 days by default), and of series <c>interval</c>, <c>topEvents</c>,
/// <c>excludeOther</c>, <c>groupBy</c>.
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
            Projects = All(query["project"]),
            Environments = All(query["environment"]),
            Range = period.OrLast(DefaultPeriod, time),
            Interval = query["interval"],
            Top = ReadTop(query["topEvents"]),
            LeavesOutOthers = (string?)query["excludeOther"] is "1" or "true",
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

    static string[] All(StringValues values) => [.. values.OfType<string>().Where(value => value.Length > 0)];

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) { }
}
