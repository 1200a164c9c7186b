using Tocsin.Server.Hosting;

namespace Server.Tests.Hosting;

public sealed class RetentionSettingsTests
{
    [Fact]
    public void Errors_are_kept_longer_than_spans_unless_the_settings_say_otherwise()
    {
        var usual = Read([]).Options.ShouldNotBeNull().Retention;
        (usual.Errors, usual.Spans, usual.Quarantine, usual.DiskBudget).ShouldBe((90, 30, 30, null));

        var set = Read(
            new()
            {
                ["TOCSIN_RETENTION_ERRORS"] = "0",
                ["TOCSIN_RETENTION_SPANS"] = "7",
                ["TOCSIN_RETENTION_QUARANTINE"] = "3",
                ["TOCSIN_DISK_BUDGET"] = "5000000000",
            }
        )
            .Options.ShouldNotBeNull()
            .Retention;
        (set.Errors, set.Spans, set.Quarantine, set.DiskBudget).ShouldBe((null, 7, 3, 5_000_000_000));
    }

    [Theory]
    [InlineData("TOCSIN_RETENTION_ERRORS", "a month")]
    [InlineData("TOCSIN_RETENTION_SPANS", "-1")]
    [InlineData("TOCSIN_RETENTION_QUARANTINE", "99999")]
    [InlineData("TOCSIN_DISK_BUDGET", "10 GB")]
    [InlineData("TOCSIN_DISK_BUDGET", "1000")]
    public void A_wrong_value_is_named(string variable, string value)
    {
        var (options, error) = Read(new() { [variable] = value });

        options.ShouldBeNull();
        error.ShouldNotBeNull().ShouldStartWith($"{variable} must be");
        error.ShouldContain($"'{value}'");
    }

    static (ServerOptions? Options, string? Error) Read(Dictionary<string, string> environment)
    {
        using var directory = new TemporaryDirectory();
        var options = SettingsReader.Read(environment, directory.Path, out var error);
        return (options, error);
    }
}
