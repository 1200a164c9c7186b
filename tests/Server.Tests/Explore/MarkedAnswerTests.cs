using Tocsin.Telemetry;

namespace Server.Tests.Explore;

/// <summary>Who reads a number must know when it is an estimate, and when part of the rows is not in it.</summary>
public class MarkedAnswerTests(MarkedShops shops) : IClassFixture<MarkedShops>
{
    const string About = "transaction=GET%20/cart&project=default&op=http.server";
    const string Trace = "000000000000000000000000000003e8";

    static readonly string[] OfMany =
    [
        "events/?dataset=spans&field=count()",
        "events/?dataset=spans&field=transaction&field=time_spent_percentage()",
        "events/?dataset=spans&field=transaction&field=total_opportunity_score()",
        "events-stats/?dataset=spans&yAxis=count()",
        "events-stats/?dataset=spans&yAxis=count()&comparisonDelta=3600",
        "events-timeseries/?dataset=spans&yAxis=count()",
        "events-timeseries/?dataset=spans&yAxis=count()&groupBy=transaction&topEvents=2",
        "events-facets/?dataset=spans",
        "events-meta/?dataset=spans",
        "events-histogram/?field=measurements.lcp&numBuckets=5",
        "events-histogram/?field=span.duration&numBuckets=5&min=0&max=1000",
        "events-vitals/?vital=measurements.lcp",
        "events-trends/?field=transaction",
        "events-trends-stats/?field=transaction&interval=1h",
        "trace-items/stats/?itemType=spans&statsType=attributeDistributions",
        "trace-items/attributes/ranked/?query_1=is_transaction:true",
        "performance/transactions/",
        "performance/transactions/?sort=-misery",
        "performance/transactions/?sort=-users",
        "performance/transactions/?sort=-issues",
        "performance/transactions/?sort=-regression",
        "performance/transactions/?sort=-p95",
        "performance/transactions/trends/",
        $"performance/transactions/summary/?{About}",
        $"performance/transactions/samples/?{About}",
        $"performance/transactions/differences/?{About}",
        $"performance/transactions/spans/?{About}",
        $"performance/transactions/compare/?{About}",
        "performance/vitals/",
        "performance/vitals/releases/",
        "performance/service-map/",
        "traces/",
        $"traces/{Trace}/usual/",
    ];

    /// <summary>Whose rows are shown one by one, or have no weight.</summary>
    static readonly string[] OfSingleRows =
    [
        "events/?dataset=errors&field=count()",
        "events-facets/?dataset=errors",
        "events-meta/?dataset=errors",
        $"performance/transactions/issues/?{About}",
        $"traces/{Trace}/",
        $"trace/{Trace}/",
        $"trace-meta/{Trace}/",
        $"events-trace/{Trace}/",
        $"events-trace-meta/{Trace}/",
        "tags/",
        "tags/level/values/",
        "tags/?dataset=spans",
        "tags/span.op/values/?dataset=spans",
        "trace-items/attributes/",
        "trace-items/attributes/span.op/values/",
        "spans/fields/",
        "spans/fields/span.op/values/",
        "issues/",
        "issues/?query=title:Failure*&statsPeriod=14d",
        "issues/?group=1",
        "issues/1/",
        "issues/1/stats/",
        "issues/1/tags/",
        "issues/1/events/",
        "releases/",
        "releases/1.0/",
    ];

    /// <summary>Outcomes, which lie beside the events of a day.</summary>
    const string OfOutcomes = "stats_v2/?field=sum(quantity)";

    /// <summary>Nothing is found around an event that could not be read.</summary>
    const string Around = $"events-trace-light/{Trace}/?event_id=00000000000000000000000000001388";

    public static TheoryData<string> Aggregates => [.. OfMany];

    public static TheoryData<string> OutOfTime => [.. OfMany, .. OfSingleRows];

    public static TheoryData<string> All => [.. OfMany, .. OfSingleRows, Around];

    public static TheoryData<string> OfAnyRows => [.. OfMany, .. OfSingleRows, OfOutcomes, Around];

    [Theory]
    [MemberData(nameof(Aggregates))]
    public async Task Every_aggregate_says_when_it_is_sampled(string route)
    {
        (await MarkedShops.NotesAsync(shops.Sampled, route)).ShouldBe((false, true));
        (await MarkedShops.NotesAsync(shops.Whole, route)).ShouldBe((false, false));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Every_answer_says_when_a_day_could_not_be_read(string route)
    {
        (await MarkedShops.NotesAsync(shops.Damaged, route)).Partial.ShouldBeTrue();
        (await MarkedShops.NotesAsync(shops.Whole, route)).Partial.ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(OutOfTime))]
    public async Task An_answer_for_which_the_time_did_not_suffice_is_empty_and_says_so(string route) =>
        (await MarkedShops.NotesAsync(shops.Late, route)).ShouldBe((true, false));

    [Theory]
    [MemberData(nameof(OfAnyRows))]
    public async Task An_answer_says_so_whichever_of_its_questions_was_cut(string route)
    {
        var store = (FakeCutStore)shops.Cut.Get<TelemetryStore>();
        store.CutOnly(-1);
        (await MarkedShops.NotesAsync(shops.Cut, route)).Partial.ShouldBeFalse();
        var questions = store.Asked.Count;
        var kept = new List<string>();

        for (var question = 0; question < questions; question++)
        {
            store.CutOnly(question);
            if (!(await MarkedShops.NotesAsync(shops.Cut, route)).Partial)
            {
                kept.Add(store.Asked[question]);
            }
        }

        questions.ShouldBePositive();
        kept.ShouldBeEmpty();
    }
}
