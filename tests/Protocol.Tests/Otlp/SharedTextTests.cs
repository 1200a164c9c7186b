using Tocsin.Protocol.Otlp;

namespace Protocol.Tests.Otlp;

/// <summary>What is said once of a program or a scope stands in each of its spans, so that its length is bounded.</summary>
public class SharedTextTests
{
    [Fact]
    public void What_a_program_says_at_length_is_left_out_and_its_name_stays()
    {
        var resource = new ProtoMessage()
            .Of(1, SomeOtlp.Text("process.command_line", new string('x', 20_000)))
            .Of(1, SomeOtlp.Text("service.name", "shop"));
        var scope = new ProtoMessage().Of(2, SomeOtlp.Span(0xa1));
        SomeOtlp
            .Read(new ProtoMessage().Of(1, new ProtoMessage().Of(1, resource).Of(2, scope)))
            .Services.ShouldHaveSingleItem()
            .Resource.Attributes.ShouldHaveSingleItem()
            .Key.ShouldBe("service.name");
    }

    [Fact]
    public void A_scope_is_named_by_the_beginning_of_its_name()
    {
        var name = new ProtoMessage().Of(1, new string('s', 5000)).Of(2, "1.0");
        var scope = new ProtoMessage().Of(1, name).Of(2, SomeOtlp.Span(0xa1));
        var attributes = SomeOtlp.Read(new ProtoMessage().Of(1, new ProtoMessage().Of(2, scope))).Single().Attributes;
        attributes.Single(held => held.Key == "otel.scope.name").Value.ToString().Length.ShouldBe(200);
        attributes.Single(held => held.Key == "otel.scope.version").Value.ToString().ShouldBe("1.0");
    }

    [Fact]
    public void A_letter_of_two_characters_is_not_cut_in_two()
    {
        const string letter = "😀";
        var name = new ProtoMessage().Of(1, new string('s', 199) + letter);
        var scope = new ProtoMessage().Of(1, name).Of(2, SomeOtlp.Span(0xa1));
        SomeOtlp
            .Read(new ProtoMessage().Of(1, new ProtoMessage().Of(2, scope)))
            .Single()
            .Attributes.Single(held => held.Key == "otel.scope.name")
            .Value.ToString()
            .ShouldBe(new string('s', 199));
        var service = SomeThrow.Service("nodejs", ("exception.type", "RangeError"));
        var longName = service.Spans[0] with { Name = new string('n', 2499) + letter };
        ThrownEvent
            .Of(service.Resource, service.Exceptions.ShouldHaveSingleItem(), longName)
            .Transaction.ShouldBe(new string('n', 2499));
    }
}
