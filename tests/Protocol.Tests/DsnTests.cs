using Tocsin.Protocol;

namespace Protocol.Tests;

public class DsnTests
{
    const string Key = "9f3c1e5a7b2d4c6e8f0a1b2c3d4e5f60";

    [Theory]
    [InlineData($"https://{Key}@o123.ingest.example.com/42", $"https://{Key}@o123.ingest.example.com/42")]
    [InlineData($"https://{Key}:5ec2@sentry.io/42", $"https://{Key}:5ec2@sentry.io/42")]
    [InlineData($"https://{Key}:@sentry.io/42", $"https://{Key}@sentry.io/42")]
    [InlineData($"https://{Key}@host/sentry/42", $"https://{Key}@host/sentry/42")]
    [InlineData($"http://{Key}@HOST:9000/a/b/42/", $"http://{Key}@host:9000/a/b/42")]
    [InlineData($"https://{Key}@host:443/42", $"https://{Key}@host/42")]
    [InlineData($"http://{Key}@[::1]:9000/42", $"http://{Key}@[::1]:9000/42")]
    public void Every_form_is_read_and_printed(string text, string printed)
    {
        Dsn.TryParse(text, out var dsn).ShouldBeTrue();
        dsn.ToString().ShouldBe(printed);
        dsn.ProjectId.ShouldBe(42);
        dsn.PublicKey.ShouldBe(Key);
    }

    [Theory]
    [InlineData($"https://{Key}@host/42", "https://host/api/42/envelope/")]
    [InlineData($"http://{Key}@host:9000/deep/er/42", "http://host:9000/deep/er/api/42/envelope/")]
    [InlineData($"http://{Key}:secret@[::1]:9000/42", "http://[::1]:9000/api/42/envelope/")]
    public void The_path_prefix_stands_before_the_api(string text, string url)
    {
        Dsn.TryParse(text, out var dsn).ShouldBeTrue();
        dsn.EnvelopeUrl.ToString().ShouldBe(url);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("host/42")]
    [InlineData("https://host/42")]
    [InlineData($"https://:{Key}@host/42")]
    [InlineData($"ftp://{Key}@host/42")]
    [InlineData($"https://{Key}@host")]
    [InlineData($"https://{Key}@host/")]
    [InlineData($"https://{Key}@host/shop")]
    [InlineData($"https://{Key}@host/-42")]
    [InlineData($"https://{Key}@host/0")]
    [InlineData($"https://{Key}@host/42?x=1")]
    [InlineData($"https://{Key}@host/42#x")]
    public void What_names_no_key_or_project_is_no_DSN(string? text) => Dsn.TryParse(text, out _).ShouldBeFalse();
}
