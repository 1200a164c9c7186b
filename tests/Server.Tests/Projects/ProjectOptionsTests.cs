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

    [Fact]
    public void What_is_written_reads_back()
    {
        var options = ProjectOptions.Default with { DataScrubber = false, Quota = new(100, 60), SafeFields = ["token_count"] };

        ProjectOptions.Parse(options.ToJson()).ToJson().ShouldBe(options.ToJson());
    }
}
