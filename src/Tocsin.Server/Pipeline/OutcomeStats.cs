using System.Globalization;
using Tocsin.Protocol;
using Tocsin.Server.Api;
using Tocsin.Server.Metadata;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Pipeline;

/// <summary>Intervals: their beginnings. Each series has a number per interval; groups without any are not there.</summary>
sealed record OutcomeStatsShape(
    DateTime Start,
    DateTime End,
    IReadOnlyList<DateTime> Intervals,
    IReadOnlyList<OutcomeGroupShape> Groups
);

/// <summary>By: the group's values. Totals and series by field.</summary>
sealed record OutcomeGroupShape(
    IReadOnlyDictionary<string, object> By,
    IReadOnlyDictionary<string, long> Totals,
    IReadOnlyDictionary<string, long[]> Series
);

/// <summary>One question about outcomes.</summary>
sealed record OutcomeStats
{
    const int MostIntervals = 10_000;
    const string Quantity = "sum(quantity)";
    const string TimesSeen = "sum(times_seen)";

    static readonly Dictionary<string, string> Columns = new()
    {
        ["outcome"] = "outcome",
        ["category"] = "category",
        ["reason"] = "reason",
        ["project"] = "project.id",
        ["key"] = "key.id",
    };

    public required long OrganizationId { get; init; }
    public required TimeRange Range { get; init; }
    public required TimeSpan Step { get; init; }
    public required IReadOnlyList<string> Fields { get; init; }
    public required IReadOnlyList<string> GroupBy { get; init; }
    public IReadOnlyList<long> Projects { get; init; } = [];
    public IReadOnlyList<long> Outcomes { get; init; } = [];
    public IReadOnlyList<string> Categories { get; init; } = [];
    public IReadOnlyList<string> Reasons { get; init; } = [];
    public IReadOnlyList<long> Keys { get; init; } = [];

    /// <summary>What the caller got wrong; null: nothing.</summary>
    public string? Mistake =>
        Fields.FirstOrDefault(name => name is not (Quantity or TimesSeen)) is { } unknown
            ? $"Invalid field: \"{unknown}\". Known: {Quantity}, {TimesSeen}."
        : GroupBy.FirstOrDefault(key => !Columns.ContainsKey(key)) is { } key
            ? $"Invalid groupBy: \"{key}\". Known: {string.Join(", ", Columns.Keys)}."
        : (To - From) / Width > MostIntervals ? "The period has too many intervals. Choose a shorter period or a longer interval."
        : null;

    long Width => Microseconds.From(Step);
    long From => Range.From / Width * Width;
    long To => (Range.To + Width - 1) / Width * Width;

    public async Task<Answer<OutcomeStatsShape>> AskAsync(TelemetryStore telemetry, CancellationToken cancellation)
    {
        var bucket = new Expression.Bucket(Step);
        var keys = GroupBy.Select(key => (Name: key, Field: (Expression)new Expression.Field(Columns[key]))).ToList();
        var category = new Expression.Field("category");
        Expression[] groups = [bucket, category, .. keys.Select(key => key.Field).Where(field => !field.Equals(category))];
        var result = await telemetry.QueryAsync(
            new()
            {
                Dataset = Dataset.Outcomes,
                Projects = Projects,
                Range = new(From, To),
                Select =
                [
                    new("bucket", bucket),
                    new("category", category),
                    .. keys.Select(key => new Selected($"by_{key.Name}", key.Field)),
                    new("quantity", new Expression.Aggregate(AggregateKind.Sum, new Expression.Field("quantity"))),
                    new("rows", Expression.Count),
                ],
                Where = Filter(),
                GroupBy = groups,
                Limit = 100_000,
            },
            cancellation
        );
        var intervals = (int)((To - From) / Width);
        var found = new Dictionary<string, Group>();
        foreach (var row in result.Rows)
        {
            var values = Enumerable.Range(0, keys.Count).Select(i => ValueOf(keys[i].Name, row[2 + i])).ToArray();
            var name = string.Join('\n', values);
            if (!found.TryGetValue(name, out var group))
            {
                found.Add(name, group = new(values, new long[intervals], new long[intervals]));
            }
            var at = (int)((Number(row[0]) - From) / Width);
            group.Quantity[at] += Number(row[2 + keys.Count]);
            group.TimesSeen[at] += Number(row[IsBytes((string)row[1]!) ? 3 + keys.Count : 2 + keys.Count]);
        }
        return new(
            new(
                Microseconds.ToUtc(From),
                Microseconds.ToUtc(To),
                [.. Enumerable.Range(0, intervals).Select(i => Microseconds.ToUtc(From + i * Width))],
                [.. found.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => Shape(pair.Value))]
            ),
            AnswerNotes.Of(result)
        );
    }

    OutcomeGroupShape Shape(Group group)
    {
        long[] SeriesOf(string field) => field == Quantity ? group.Quantity : group.TimesSeen;
        return new(
            GroupBy.Zip(group.Values).ToDictionary(pair => pair.First, pair => pair.Second),
            Fields.Distinct().ToDictionary(field => field, field => SeriesOf(field).Sum()),
            Fields.Distinct().ToDictionary(field => field, SeriesOf)
        );
    }

    Filter.And Filter()
    {
        var parts = new List<Telemetry.Query.Filter>
        {
            new Telemetry.Query.Filter.Compare(new Expression.Field("organization.id"), Comparison.Equal, OrganizationId),
        };
        Add("outcome", Outcomes.Cast<object>());
        Add("category", Categories);
        Add("reason", Reasons);
        Add("key.id", Keys.Cast<object>());
        return new(parts);

        void Add(string field, IEnumerable<object> values)
        {
            if (values.ToList() is { Count: > 0 } wanted)
            {
                parts.Add(new Telemetry.Query.Filter.In(new Expression.Field(field), wanted));
            }
        }
    }

    static object ValueOf(string key, object? value) =>
        key switch
        {
            "outcome" => OutcomeName.Of(Number(value)),
            "project" or "key" => value is null ? "" : Number(value),
            _ => (string?)value ?? "",
        };

    /// <summary>Categories that count bytes: their rows stand for what was seen, roughly, since rows of one second are added up.</summary>
    static bool IsBytes(string category) => category is DataCategory.Attachment or DataCategory.LogByte;

    static long Number(object? value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);

    sealed record Group(IReadOnlyList<object> Values, long[] Quantity, long[] TimesSeen);
}
