using Tocsin.Server.Hosting;
using Tocsin.Server.Issues;

namespace Server.Tests.Hosting;

public sealed class IssueSettingsTests
{
    [Theory]
    [InlineData(null, 5_000)]
    [InlineData("200", 200)]
    [InlineData("0", null)]
    public void The_bound_on_new_issues_is_read(string? text, int? expected)
    {
        var (options, error) = Read(text);

        error.ShouldBeNull();
        options.ShouldNotBeNull().Issues.ShouldBe(new IssueOptions { NewPerHour = expected });
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("many")]
    [InlineData("5000/3600")]
    public void A_wrong_bound_is_named(string text)
    {
        var (options, error) = Read(text);

        options.ShouldBeNull();
        error.ShouldBe($"TOCSIN_NEW_ISSUES must be a whole number, 0 for any, not '{text}'.");
    }

    static (ServerOptions? Options, string? Error) Read(string? text)
    {
        using var directory = new TemporaryDirectory();
        var environment = text is null ? [] : new Dictionary<string, string> { ["TOCSIN_NEW_ISSUES"] = text };
        var options = SettingsReader.Read(environment, directory.Path, out var error);
        return (options, error);
    }
}
