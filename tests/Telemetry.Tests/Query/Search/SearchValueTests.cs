using Tocsin.Telemetry.Query.Search;

namespace Telemetry.Tests.Query.Search;

public class SearchValueTests
{
    [Theory]
    [InlineData("5", 5d)]
    [InlineData("-1.5", -1.5d)]
    [InlineData("2k", 2_000d)]
    [InlineData("1.5M", 1_500_000d)]
    [InlineData("3b", 3_000_000_000d)]
    [InlineData("5kk", null)]
    [InlineData("", null)]
    [InlineData("1.2.3", null)]
    [InlineData("NaN", null)]
    public void A_number_is_read_with_its_suffix(string text, double? expected) =>
        (new SearchValue(text).TryNumber(out var number) ? number : (double?)null).ShouldBe(expected);

    [Theory]
    [InlineData("500ms", 500d)]
    [InlineData("1.5s", 1_500d)]
    [InlineData("2min", 120_000d)]
    [InlineData("1hr", 3_600_000d)]
    [InlineData("1day", 86_400_000d)]
    [InlineData("1wk", 604_800_000d)]
    [InlineData("5", null)]
    [InlineData("99999999999999999999wk", null)]
    public void A_duration_is_a_number_with_a_unit(string text, double? expected) =>
        (new SearchValue(text).TryDuration(out var duration) ? duration.TotalMilliseconds : (double?)null).ShouldBe(expected);

    [Theory]
    [InlineData("8bit", 1d)]
    [InlineData("5nb", 5d)]
    [InlineData("2kb", 2_000d)]
    [InlineData("2KiB", 2_048d)]
    [InlineData("1mib", 1_048_576d)]
    [InlineData("2", null)]
    public void A_size_is_a_number_with_a_unit_of_bytes(string text, double? expected) =>
        (new SearchValue(text).TryBytes(out var bytes) ? bytes : (double?)null).ShouldBe(expected);

    [Theory]
    [InlineData("-24h", -24d)]
    [InlineData("+1d", 24d)]
    [InlineData("-1w", -168d)]
    [InlineData("24h", null)]
    [InlineData("-24", null)]
    [InlineData("-24s", null)]
    public void An_age_has_a_sign_and_a_unit(string text, double? hours) =>
        (new SearchValue(text).TryAge(out var age) ? age.TotalHours : (double?)null).ShouldBe(hours);

    [Theory]
    [InlineData("2024-01-31", "2024-01-31T00:00:00.0000000+00:00", 86_400)]
    [InlineData("2024-01-31T12:30", "2024-01-31T12:30:00.0000000+00:00", 60)]
    [InlineData("2024-01-31T12:30:15", "2024-01-31T12:30:15.0000000+00:00", 1)]
    [InlineData("2024-01-31T12:30:15Z", "2024-01-31T12:30:15.0000000+00:00", 1)]
    [InlineData("2024-01-31T12:30:15+02:00", "2024-01-31T10:30:15.0000000+00:00", 1)]
    [InlineData("2024-01-31T12:30:15.25", "2024-01-31T12:30:15.2500000+00:00", 0.000001)]
    public void Times_name_a_stretch(string text, string from, double seconds)
    {
        new SearchValue(text).TryTime(out var start, out var end).ShouldBeTrue();
        start.ToString("o").ShouldBe(from);
        (end - start).TotalSeconds.ShouldBe(seconds, 1e-9);
    }

    [Theory]
    [InlineData("2024-13-01")]
    [InlineData("9999-12-31")]
    [InlineData("yesterday")]
    public void What_is_no_time_is_not_taken_for_one(string text) => new SearchValue(text).TryTime(out _, out _).ShouldBeFalse();

    [Theory]
    [InlineData("*a*", true, "*a*")]
    [InlineData(@"\*a", false, @"\*a")]
    [InlineData(@"a\\*", true, @"a\\*")]
    [InlineData(@"C:\dir", false, @"C:\\dir")]
    public void A_star_is_a_wildcard_unless_it_is_escaped(string text, bool isPattern, string pattern)
    {
        var value = new SearchValue(text);
        value.Pattern.ShouldBe(pattern);
        value.IsPattern.ShouldBe(isPattern);
    }
}
