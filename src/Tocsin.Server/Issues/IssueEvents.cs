using Tocsin.Server.Api;
using Tocsin.Server.Issues.Merging;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Issues;

/// <summary>What lies in the events behind issues: counts over time, totals of a period, tags and their values.</summary>
sealed class IssueEvents(TelemetryStore telemetry, MergedIssues merged)
{
    /// <summary>Issues times steps in one answer; the telemetry store gives no longer one.</summary>
    const int MostSteps = 100_000;

    static readonly Expression Issue = new Expression.Field("issue.id");
    static readonly Expression Timestamp = new Expression.Field("timestamp");
    static readonly Expression User = new Expression.Field("user");
    static readonly Expression TagKey = new Expression.Field("tag.key");
    static readonly Expression TagValue = new Expression.Field("tag.value");

    /// <summary>Events and users per step, dense: every step of the range has a number. Steps are aligned to 1970.</summary>
    public async Task<Answer<IReadOnlyDictionary<long, IssueSeries>>> SeriesAsync(
        IReadOnlyList<IssueRow> issues,
        IReadOnlyList<string> environments,
        TimeRange range,
        TimeSpan step,
        CancellationToken cancellation
    )
    {
        var bucket = new Expression.Bucket(step);
        var result = await telemetry.QueryAsync(
            new()
            {
                Dataset = Dataset.Events,
                Projects = [.. issues.Select(issue => issue.ProjectId).Distinct()],
                Merged = await merged.OfAsync(issues, cancellation),
                Range = range,
                Select =
                [
                    new("issue", Issue),
                    new("bucket", bucket),
                    new("events", Expression.Count),
                    new("users", new Expression.Aggregate(AggregateKind.CountDistinct, User)),
                ],
                Where = Of(issues, environments),
                GroupBy = [Issue, bucket],
                Limit = MostSteps,
            },
            cancellation
        );
        var width = step.Ticks / TimeSpan.TicksPerMicrosecond;
        var first = range.From / width * width;
        var steps = (int)((range.To - first + width - 1) / width);
        var series = issues.ToDictionary(issue => issue.Id, _ => new IssueSeries(first, width, new long[steps], new long[steps]));
        foreach (var row in result.Rows)
        {
            var one = series[Number(row[0])];
            var at = (int)((Number(row[1]) - first) / width);
            if (at >= 0 && at < steps)
            {
                one.Events[at] = Number(row[2]);
                one.Users[at] = Number(row[3]);
            }
        }
        return new(series, AnswerNotes.Of(result));
    }

    /// <summary>Totals by issue; an issue without an event in the range is not in the answer.</summary>
    public async Task<Answer<IReadOnlyDictionary<long, IssuePeriod>>> TotalsAsync(
        IReadOnlyList<IssueRow> issues,
        IReadOnlyList<string> environments,
        TimeRange range,
        CancellationToken cancellation
    )
    {
        var result = await telemetry.QueryAsync(
            new()
            {
                Dataset = Dataset.Events,
                Projects = [.. issues.Select(issue => issue.ProjectId).Distinct()],
                Merged = await merged.OfAsync(issues, cancellation),
                Range = range,
                Select =
                [
                    new("issue", Issue),
                    new("events", Expression.Count),
                    new("users", new Expression.Aggregate(AggregateKind.CountDistinct, User)),
                    new("first", new Expression.Aggregate(AggregateKind.Min, Timestamp)),
                    new("last", new Expression.Aggregate(AggregateKind.Max, Timestamp)),
                ],
                Where = Of(issues, environments),
                GroupBy = [Issue],
                Limit = Math.Max(1, issues.Count),
            },
            cancellation
        );
        return new(
            result.Rows.ToDictionary(
                row => Number(row[0]),
                row => new IssuePeriod(Number(row[1]), (int)Number(row[2]), Number(row[3]), Number(row[4]))
            ),
            AnswerNotes.Of(result)
        );
    }

    /// <summary>Every tag key of the issue with its number of events, most first.</summary>
    public async Task<Answer<IReadOnlyList<TagKeyTotal>>> TagKeysAsync(
        IssueRow issue,
        IReadOnlyList<string> environments,
        TimeRange range,
        CancellationToken cancellation
    )
    {
        var result = await telemetry.QueryAsync(
            new()
            {
                Dataset = Dataset.EventTags,
                Projects = [issue.ProjectId],
                Merged = await merged.OfAsync([issue], cancellation),
                Range = range,
                Select =
                [
                    new("key", TagKey),
                    new("total", Expression.Count),
                    new("unique", new Expression.Aggregate(AggregateKind.CountDistinct, TagValue)),
                ],
                Where = Of([issue], environments),
                GroupBy = [TagKey],
                OrderBy = [new(Expression.Count, true), new(TagKey, false)],
                Limit = 200,
            },
            cancellation
        );
        return new(
            [.. result.Rows.Select(row => new TagKeyTotal((string)row[0]!, Number(row[1]), Number(row[2])))],
            AnswerNotes.Of(result)
        );
    }

    /// <summary>Values of the keys (all keys when empty), most frequent first; the limit is over all keys together.</summary>
    public async Task<Answer<IReadOnlyList<TagValueTotal>>> TagValuesAsync(
        IssueRow issue,
        IReadOnlyList<string> keys,
        IReadOnlyList<string> environments,
        TimeRange range,
        int limit,
        int offset,
        CancellationToken cancellation
    )
    {
        var where = Of([issue], environments);
        var result = await telemetry.QueryAsync(
            new()
            {
                Dataset = Dataset.EventTags,
                Projects = [issue.ProjectId],
                Merged = await merged.OfAsync([issue], cancellation),
                Range = range,
                Select =
                [
                    new("key", TagKey),
                    new("value", TagValue),
                    new("total", Expression.Count),
                    new("first", new Expression.Aggregate(AggregateKind.Min, Timestamp)),
                    new("last", new Expression.Aggregate(AggregateKind.Max, Timestamp)),
                ],
                Where = keys.Count == 0 ? where : new Filter.And([where, new Filter.In(TagKey, [.. keys])]),
                GroupBy = [TagKey, TagValue],
                OrderBy = [new(Expression.Count, true), new(TagValue, false)],
                Limit = limit,
                Offset = offset,
            },
            cancellation
        );
        return new(
            [
                .. result.Rows.Select(row => new TagValueTotal(
                    (string)row[0]!,
                    (string?)row[1] ?? "",
                    Number(row[2]),
                    Number(row[3]),
                    Number(row[4])
                )),
            ],
            AnswerNotes.Of(result)
        );
    }

    /// <summary>The most frequent values of each key.</summary>
    public async Task<Answer<IReadOnlyList<TagValueTotal>>> TopTagValuesAsync(
        IssueRow issue,
        IReadOnlyList<TagKeyTotal> keys,
        IReadOnlyList<string> environments,
        TimeRange range,
        int perKey,
        CancellationToken cancellation
    )
    {
        // One question answers most issues; a key that the common values of others crowded out is asked for alone.
        const int together = 1000;
        var common = await TagValuesAsync(
            issue,
            [.. keys.Select(key => key.Key)],
            environments,
            range,
            together,
            0,
            cancellation
        );
        var byKey = common.Value.ToLookup(value => value.Key);
        var values = new List<TagValueTotal>();
        var notes = common.Notes;
        foreach (var key in keys)
        {
            if (common.Value.Count < together || byKey[key.Key].Count() >= Math.Min(perKey, key.Unique))
            {
                values.AddRange(byKey[key.Key].Take(perKey));
                continue;
            }
            var alone = await TagValuesAsync(issue, [key.Key], environments, range, perKey, 0, cancellation);
            values.AddRange(alone.Value);
            notes = notes.With(alone.Notes);
        }
        return new(values, notes);
    }

    static Filter Of(IReadOnlyList<IssueRow> issues, IReadOnlyList<string> environments)
    {
        var ids = new Filter.In(Issue, [.. issues.Select(issue => (object)issue.Id)]);
        return environments.Count == 0
            ? ids
            : new Filter.And([ids, new Filter.In(new Expression.Field("environment"), [.. environments])]);
    }

    static long Number(object? value) => Convert.ToInt64(value, null);
}

/// <summary>First: start of the first step, microseconds since 1970. Width: of a step, microseconds.</summary>
sealed record IssueSeries(long First, long Width, long[] Events, long[] Users)
{
    public IReadOnlyList<IReadOnlyList<long>> EventPairs => Pairs(Events);
    public IReadOnlyList<IReadOnlyList<long>> UserPairs => Pairs(Users);

    IReadOnlyList<IReadOnlyList<long>> Pairs(long[] counts) =>
        [.. counts.Select(IReadOnlyList<long> (count, at) => [(First + (at * Width)) / 1_000_000, count])];
}

sealed record IssuePeriod(long Events, int Users, long First, long Last);

sealed record TagKeyTotal(string Key, long Total, long Unique);

sealed record TagValueTotal(string Key, string Value, long Total, long First, long Last);
