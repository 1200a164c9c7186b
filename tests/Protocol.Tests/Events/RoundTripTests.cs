using System.Reflection;
using System.Text;
using System.Text.Json;
using Tocsin.Protocol.Events;

namespace Protocol.Tests.Events;

public class RoundTripTests
{
    [Fact]
    public void Any_event_is_written_and_read_again_as_itself()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var some = new Some(seed).Event();
            var json = EventWriter.Write(some);
            var difference = EventComparison.Difference(Reading.Read(json), some, "");
            difference.ShouldBeNull($"seed {seed}: {Encoding.UTF8.GetString(json)}");
        }
    }

    [Fact]
    public void Every_property_takes_part()
    {
        var filled = new HashSet<PropertyInfo>();
        for (var seed = 0; seed < 50; seed++)
        {
            var some = new Some(seed).Event();
            filled.UnionWith(typeof(ErrorEvent).GetProperties().Where(property => !IsEmpty(property.GetValue(some))));
        }
        typeof(ErrorEvent).GetProperties().Except(filled).ShouldBeEmpty();
    }

    [Fact]
    public void The_comparison_sees_a_difference()
    {
        var some = new Some(1).Event();
        var other = some with { Exceptions = [new() { Type = "Other" }] };
        EventComparison.Difference(other, some, "").ShouldNotBeNull().ShouldStartWith(".Exceptions");
    }

    [Fact]
    public void What_is_written_has_Sentrys_own_form()
    {
        var read = Reading.Read(
            """
            {"exception":[{"type":"A","stacktrace":[{"lineno":3,"in_app":true}]}],"tags":{"a":"1"},"breadcrumbs":[{"message":"m"}],
             "timestamp":1795198759.5,"request":{"headers":{"Host":"a"},"query_string":"x=1"},"message":"hi","user":{"id":1}}
            """
        );
        using var written = JsonDocument.Parse(EventWriter.Write(read));
        var expected = """
            {"timestamp":"2026-11-20T18:19:19.500000Z","tags":[["a","1"]],"logentry":{"message":"hi"},
            "exception":{"values":[{"type":"A","stacktrace":{"frames":[{"lineno":3,"in_app":true}]}}]},
            "breadcrumbs":{"values":[{"message":"m"}]},"request":{"query_string":[["x","1"]],"headers":[["Host","a"]]},"user":{"id":"1"}}
            """;
        written.RootElement.GetRawText().ShouldBe(expected.ReplaceLineEndings(""));
    }

    [Fact]
    public void Half_a_surrogate_pair_from_our_own_cutting_does_not_stop_the_writer() =>
        Reading.Read(EventWriter.Write(new ErrorEvent { Release = "a\ud83d" })).Release.ShouldBe("a\uFFFD");

    static bool IsEmpty(object? value) =>
        value is null || (value is System.Collections.IEnumerable list && !list.Cast<object>().Any());
}
