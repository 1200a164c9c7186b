using System.Text.Json;
using Tocsin.Server.Projects;

namespace Server.Tests.Projects;

public sealed class ProjectOptionsTests
{
    [Fact]
    public void An_option_that_is_not_in_the_text_has_its_default()
    {
        var options = ProjectOptions.Parse("{}");

        options.DataScrubber.ShouldBeTrue();
        options.AllowedDomains.ShouldBe(["*"]);
        options.FingerprintingRules.ShouldBe("");
    }

    [Theory]
    [InlineData("""{"resolveAge":24}""")]
    [InlineData(""" { "ResolveAge" : 24, "ofALaterVersion": { "on": true } } """)]
    public void Only_what_the_text_names_is_other_than_the_default(string json)
    {
        var options = ProjectOptions.Parse(json);

        options.ToJson().ShouldBe((ProjectOptions.Default with { ResolveAge = 24 }).ToJson());
    }

    [Fact]
    public void Lists_and_tables_of_the_text_stand_instead_of_the_default()
    {
        var options = ProjectOptions.Parse("""{"allowedDomains":[],"filters":["localhost"],"detectorThresholds":{"a":1.5}}""");

        options.AllowedDomains.ShouldBeEmpty();
        options.Filters.ShouldBe(["localhost"]);
        options.DetectorThresholds.ShouldHaveSingleItem().ShouldBe(new("a", 1.5));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("[]", 1)]
    [InlineData("{\"resolveAge\":x}", 14)]
    [InlineData("  {\"resolveAge\":24", 18)]
    [InlineData("{} {}", 3)]
    public void What_is_no_options_is_told_where_it_is_wrong(string json, long position)
    {
        var damaged = Should.Throw<JsonException>(() => ProjectOptions.Parse(json));

        damaged.BytePositionInLine.ShouldBe(position);
    }

    [Fact]
    public void What_is_written_reads_back()
    {
        var options = ProjectOptions.Default with { DataScrubber = false, Quota = new(100, 60), SafeFields = ["token_count"] };

        ProjectOptions.Parse(options.ToJson()).ToJson().ShouldBe(options.ToJson());
    }
}
