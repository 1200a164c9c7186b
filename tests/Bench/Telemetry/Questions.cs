using Tocsin.Telemetry.Query;
using static Tocsin.Telemetry.Query.Expression;

namespace Bench.Telemetry;

/// <summary>What the product's pages ask, of the largest project.</summary>
static class Questions
{
    static readonly Field Issue = new("issue.id");
    static readonly Filter OneIssue = new Filter.Compare(Issue, Comparison.Equal, 10_001L);
    static readonly Filter SmallIssue = new Filter.Compare(Issue, Comparison.Equal, 10_700L);
    static readonly Expression Users = new Aggregate(AggregateKind.CountDistinct, new Field("user"));

    public static IEnumerable<(string Name, TelemetryQuery Query)> Of(long from, long to)
    {
        var day = 86_400_000_000L;
        var week = new TelemetryQuery
        {
            Dataset = Dataset.Events,
            Projects = [1],
            Range = new(from, to),
            Select = [],
        };
        var lastDay = week with { Range = new(to - day, to) };
        var perIssue = new Selected[] { new("issue", Issue), new("n", Count), new("users", Users) };
        yield return ("issues by events and users, 24 h", Grouped(lastDay, perIssue));
        yield return ("issues by events and users, 7 d", Grouped(week, perIssue));
        yield return ("histogram of the largest issue, 7 d", Histogram(week with { Where = OneIssue }));
        yield return ("histogram of a small issue, 7 d", Histogram(week with { Where = SmallIssue }));
        yield return ("facets of the largest issue, 7 d", Facets(week with { Where = OneIssue }));
        yield return ("facets of a small issue, 7 d", Facets(week with { Where = SmallIssue }));
        yield return ("values of one tag of the largest issue", OneTag(week));
        yield return (
            "latest event of an issue, 7 d",
            week with
            {
                Where = OneIssue,
                Select = [new("id", new Arg(true, new Field("id"), new Field("timestamp")))],
            }
        );
        yield return (
            "page of events of an issue, 7 d",
            week with
            {
                Where = OneIssue,
                Select =
                [
                    new("id", new Field("id")),
                    new("title", new Field("title")),
                    new("timestamp", new Field("timestamp")),
                    new("tags", new Field("tags")),
                ],
                OrderBy = [new(new Field("timestamp"), true)],
            }
        );
        yield return (
            "events with a tag by hour, 7 d",
            Histogram(week with { Where = new Filter.Compare(new Tag("customer"), Comparison.Equal, "c7") })
        );
        yield return (
            "message contains, 7 d",
            week with
            {
                Where = new Filter.Like(new Field("message"), "*field 42 of*"),
                Select = [new("n", Count)],
            }
        );
        yield return (
            "event by id, no hint",
            week with
            {
                Projects = [],
                Where = new Filter.Compare(new Field("id"), Comparison.Equal, (UInt128)7),
                Select = [new("n", Count)],
            }
        );
    }

    static TelemetryQuery Grouped(TelemetryQuery query, IReadOnlyList<Selected> select) =>
        query with
        {
            Select = select,
            GroupBy = [Issue],
            OrderBy = [new(Count, true)],
            Limit = 100,
        };

    static TelemetryQuery Histogram(TelemetryQuery query)
    {
        var hour = new Bucket(TimeSpan.FromHours(1));
        return query with
        {
            Select = [new("time", hour), new("n", Count)],
            GroupBy = [hour],
            OrderBy = [new(hour, false)],
            Limit = 1_000,
        };
    }

    static TelemetryQuery Facets(TelemetryQuery query) =>
        query with
        {
            Dataset = Dataset.EventTags,
            Select = [new("key", new Field("tag.key")), new("value", new Field("tag.value")), new("n", Count)],
            GroupBy = [new Field("tag.key"), new Field("tag.value")],
            OrderBy = [new(Count, true)],
            Limit = 1_000,
        };

    static TelemetryQuery OneTag(TelemetryQuery query) =>
        query with
        {
            Dataset = Dataset.EventTags,
            Where = new Filter.And([OneIssue, new Filter.Compare(new Field("tag.key"), Comparison.Equal, "browser")]),
            Select = [new("value", new Field("tag.value")), new("n", Count), new("users", Users)],
            GroupBy = [new Field("tag.value")],
            OrderBy = [new(Count, true)],
        };
}
