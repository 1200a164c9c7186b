using Tocsin.Telemetry.DuckDb;
using Tocsin.Telemetry.Query;

namespace Telemetry.Tests.DuckDb;

public sealed class TraceIndexTests
{
    static readonly Filter Trace = new Filter.Compare(
        new Expression.Field("trace"),
        Comparison.Equal,
        "0000000000000000000000000000000a"
    );
    static readonly Filter Project = new Filter.Compare(new Expression.Field("project.id"), Comparison.Equal, 1L);

    static IReadOnlyList<UInt128>? Sought(Filter? where, Dataset dataset = Dataset.Spans) =>
        TraceIndex.Sought(Some.Count(where) with { Dataset = dataset });

    [Fact]
    public void A_query_that_demands_a_trace_is_about_it()
    {
        Sought(Trace).ShouldBe([(UInt128)10]);
        Sought(new Filter.And([Project, Trace])).ShouldBe([(UInt128)10]);
        Sought(Trace, Dataset.Events).ShouldBe([(UInt128)10]);
        Sought(new Filter.In(new Expression.Field("trace"), [(UInt128)3, (UInt128)4])).ShouldBe([(UInt128)3, (UInt128)4]);
    }

    [Fact]
    public void Any_other_query_may_be_about_any()
    {
        Sought(null).ShouldBeNull();
        Sought(Project).ShouldBeNull();
        Sought(new Filter.Not(Trace)).ShouldBeNull();
        Sought(new Filter.Or([Trace, Project])).ShouldBeNull();
        Sought(new Filter.Compare(new Expression.Field("trace"), Comparison.NotEqual, (UInt128)1)).ShouldBeNull();
    }
}
