using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.Grouping.Fingerprints;

namespace Server.Tests.Errors.Normalise;

public class FingerprintTests
{
    [Fact]
    public void Blanks_are_no_part_of_it() =>
        SomeErrors.Normalised("""{"fingerprint":[" a ","",null,"  "]}""").Fingerprint.ShouldBe(["a"]);

    [Fact]
    public void Of_one_without_end_the_beginning_counts()
    {
        var values = string.Join(',', Enumerable.Range(0, 300).Select(i => $"\"{i}{new string('x', 100)}\""));
        var e = SomeErrors.Normalised($$"""{"fingerprint":[{{values}},"{{new string('y', 20_000)}}"]}""");
        e.Fingerprint!.Count.ShouldBe(100);
        e.Notes.ShouldContain(new FieldNote("fingerprint", "", Length: 301, Rule: "!limit", Remark: "s"));
        var single = SomeErrors.Normalised($$"""{"fingerprint":"{{new string('y', 20_000)}}"}""");
        single.Fingerprint.ShouldHaveSingleItem().Length.ShouldBe(8192);
    }

    [Fact]
    public void A_variable_that_comes_over_and_over_does_not_make_gigabytes()
    {
        var e = SomeErrors.Normalised($$"""{"message":"{{new string('m', 8000)}}"}""");
        var filled = FingerprintVariables.Fill(string.Concat(Enumerable.Repeat("{{message}}", 700)), e);
        filled.Length.ShouldBeLessThan(40_000);
        filled.ShouldEndWith("{{message}}");
    }
}
