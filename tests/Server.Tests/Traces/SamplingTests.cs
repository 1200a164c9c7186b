using System.Text.Json;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;
using static Server.Tests.Traces.SomeTraces;

namespace Server.Tests.Traces;

public sealed class SamplingTests
{
    static ProjectOptions With(params SamplingRule[] rules) => ProjectOptions.Default with { SamplingRules = rules };

    static SamplingRule Rule(int id, double rate, string? condition = null) =>
        new(id, rate, condition is null ? null : JsonDocument.Parse(condition).RootElement);

    static string Trace(int number) => $"{number + 1:x8}{number * 7919 + 13:x24}";

    [Fact]
    public void Without_rules_everything_is_kept_and_stands_for_itself()
    {
        var item = Transaction(TransactionJson());
        (item.Outcome, item.Spans[0].Weight).ShouldBe((Outcome.Accepted, 1));
    }

    [Fact]
    public void The_kept_part_is_the_rate_and_each_kept_span_weighs_its_reciprocal()
    {
        var options = With(Rule(7, 0.25));
        var items = Enumerable
            .Range(0, 4000)
            .Select(i => Transaction(TransactionJson().Replace(TraceId, Trace(i)), options))
            .ToList();
        var kept = items.Where(item => item.Outcome == Outcome.Accepted).ToList();
        kept.Count.ShouldBeInRange(900, 1100);
        kept.ShouldAllBe(item => item.Spans[0].Weight == 4);
        items.Except(kept).ShouldAllBe(item => item.Outcome == Outcome.Filtered("Sampled:7"));
    }

    [Fact]
    public void All_parts_of_a_trace_agree_and_a_lower_rate_keeps_a_part_of_what_a_higher_one_keeps()
    {
        for (var i = 0; i < 500; i++)
        {
            var transaction = Transaction(TransactionJson().Replace(TraceId, Trace(i)), With(Rule(1, 0.5)));
            var streamed = Spans(Container(Streamed("cc", "GET /other", trace: Trace(i))), With(Rule(1, 0.5)));
            streamed.Outcome.ShouldBe(transaction.Outcome);
            if (Transaction(TransactionJson().Replace(TraceId, Trace(i)), With(Rule(1, 0.1))).Outcome == Outcome.Accepted)
            {
                transaction.Outcome.ShouldBe(Outcome.Accepted);
            }
        }
    }

    [Theory]
    [InlineData("""{"op":"eq","name":"trace.environment","value":"qa"}""", true)]
    [InlineData("""{"op":"eq","name":"trace.environment","value":["prod","qa"]}""", true)]
    [InlineData("""{"op":"eq","name":"trace.environment","value":"prod"}""", false)]
    [InlineData("""{"op":"glob","name":"trace.transaction","value":["*/cart"]}""", true)]
    [InlineData("""{"op":"glob","name":"trace.release","value":"shop@2.*"}""", false)]
    [InlineData("""{"op":"not","inner":{"op":"eq","name":"trace.environment","value":"prod"}}""", true)]
    [InlineData(
        """{"op":"and","inner":[{"op":"eq","name":"trace.environment","value":"qa"},{"op":"eq","name":"trace.release","value":"x"}]}""",
        false
    )]
    [InlineData(
        """{"op":"or","inner":[{"op":"eq","name":"trace.environment","value":"qa"},{"op":"eq","name":"trace.release","value":"x"}]}""",
        true
    )]
    [InlineData("""{"op":"lt","name":"trace.sample_rate","value":1}""", true)]
    [InlineData("""{"op":"gte","name":"trace.sample_rate","value":0.9}""", false)]
    [InlineData("""{"op":"and","inner":[]}""", true)]
    [InlineData("{}", true)]
    public void A_rule_applies_to_the_traces_of_its_condition(string condition, bool applies)
    {
        var item = Transaction(
            TransactionJson(),
            With(Rule(3, 0, condition)),
            """{"trace":{"environment":"qa","release":"shop@1.4","sample_rate":"0.5"}}"""
        );
        item.Outcome.ShouldBe(applies ? Outcome.Filtered("Sampled:3") : Outcome.Accepted);
    }

    [Fact]
    public void The_head_of_the_trace_decides_for_a_service_that_runs_elsewhere()
    {
        var options = With(Rule(1, 0, """{"op":"eq","name":"trace.transaction","value":"GET /front"}"""));
        Transaction(TransactionJson(), options, """{"trace":{"transaction":"GET /front"}}""")
            .Outcome.ShouldBe(Outcome.Filtered("Sampled:1"));
        Transaction(TransactionJson(name: "GET /front"), options, """{"trace":{"transaction":"GET /other"}}""")
            .Outcome.ShouldBe(Outcome.Accepted);
    }

    [Fact]
    public void The_first_rule_that_applies_decides()
    {
        var options = With(Rule(1, 1, """{"op":"eq","name":"trace.environment","value":"qa"}"""), Rule(2, 0));
        Transaction(TransactionJson(""" "environment":"qa", """), options).Outcome.ShouldBe(Outcome.Accepted);
        Transaction(TransactionJson(""" "environment":"prod", """), options).Outcome.ShouldBe(Outcome.Filtered("Sampled:2"));
    }

    [Theory]
    [InlineData("""{"op":"eq","name":"trace.colour","value":"red"}""")]
    [InlineData("""{"op":"eq","name":"trace.release"}""")]
    [InlineData("""{"op":"near","name":"trace.release","value":"x"}""")]
    [InlineData("""{"op":"not","inner":[]}""")]
    [InlineData("""{"op":"and"}""")]
    [InlineData("""{"op":"gt","name":"trace.sample_rate","value":"much"}""")]
    [InlineData("[]")]
    public void A_condition_that_is_none_is_refused(string condition) =>
        SamplingRule.FaultOf([Rule(1, 0.5, condition)]).ShouldNotBeNull();

    [Fact]
    public void Rates_and_ids_are_checked()
    {
        SamplingRule.FaultOf([Rule(1, 1.5)]).ShouldNotBeNull();
        SamplingRule.FaultOf([Rule(1, double.NaN)]).ShouldNotBeNull();
        SamplingRule.FaultOf([Rule(1, 0.5), Rule(1, 0.2)]).ShouldNotBeNull();
        SamplingRule.FaultOf([Rule(0, 0.5)]).ShouldNotBeNull();
        SamplingRule.FaultOf([Rule(1, 0), Rule(2, 1)]).ShouldBeNull();
    }
}
