using Tocsin.Protocol;

namespace Protocol.Tests;

public class TimestampTests
{
    [Theory]
    [InlineData("2026-11-20T18:00:52Z", "2026-11-20T18:00:52.000000Z")]
    [InlineData("2026-11-20T18:00:52.123Z", "2026-11-20T18:00:52.123000Z")]
    [InlineData("2026-11-20T18:00:52.6043324+00:00", "2026-11-20T18:00:52.604332Z")]
    [InlineData("2026-11-20T18:00:52.123456789Z", "2026-11-20T18:00:52.123456Z")]
    [InlineData("2026-11-20T18:00:52", "2026-11-20T18:00:52.000000Z")]
    [InlineData("2026-11-20 18:00:52.5", "2026-11-20T18:00:52.500000Z")]
    [InlineData("2026-11-20T18:00:52+05:30", "2026-11-20T12:30:52.000000Z")]
    [InlineData("2026-11-20T18:00:52-0800", "2026-11-21T02:00:52.000000Z")]
    [InlineData("2026-11-20T18:00:52+02", "2026-11-20T16:00:52.000000Z")]
    [InlineData("2026-11-20 18:00:52 +0000", "2026-11-20T18:00:52.000000Z")]
    [InlineData("2026-11-20 18:00:52.25 -0800", "2026-11-21T02:00:52.250000Z")]
    [InlineData("2026-11-20 18:00:52 UTC", "2026-11-20T18:00:52.000000Z")]
    [InlineData("2026-11-20T18:00:52GMT", "2026-11-20T18:00:52.000000Z")]
    [InlineData("2026-11-20T18:00Z", "2026-11-20T18:00:00.000000Z")]
    [InlineData("2026-11-20 18:00+01:00", "2026-11-20T17:00:00.000000Z")]
    [InlineData("2026-11-20", "2026-11-20T00:00:00.000000Z")]
    [InlineData("1795198759.4325798", "2026-11-20T18:19:19.432580Z")]
    [InlineData("1795198759", "2026-11-20T18:19:19.000000Z")]
    [InlineData(" 2026-12-31T23:59:60Z ", "2027-01-01T00:00:00.000000Z")]
    public void Every_form_of_a_client_is_read_as_UTC(string text, string expected)
    {
        Timestamp.TryParse(text, out var time).ShouldBeTrue();
        Timestamp.Format(time).ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026-13-20T18:00:52Z")]
    [InlineData("2026-02-29T18:00:52Z")]
    [InlineData("2026-11-20T24:00:00Z")]
    [InlineData("2026-11-20T18:00:52Q")]
    [InlineData("2026-11-20T18:0Z")]
    [InlineData("2026-11-20T18:00:5")]
    [InlineData("2026-11-20T18:00.5Z")]
    [InlineData("2026-11-20T18:00:52 CET")]
    [InlineData("2026-11-20T18:00:52+99:00")]
    [InlineData("0000-11-20T18:00:52Z")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("NaN")]
    [InlineData("1e300")]
    [InlineData("1795198759432")]
    [InlineData("2026-11-20T18:00:52.١Z")]
    public void What_is_no_time_is_refused(string text) => Timestamp.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_printed_time_reads_as_itself()
    {
        var time = new DateTimeOffset(2026, 11, 20, 18, 0, 52, TimeSpan.Zero).AddTicks(1234560);
        Timestamp.TryParse(Timestamp.Format(time), out var again).ShouldBeTrue();
        again.ShouldBe(time);
    }
}
