using System.Net;
using System.Text.Json;
using Tocsin.Server.Explore.Histograms;

namespace Server.Tests.Explore;

public class HistogramTests(ExploreShop shop) : IClassFixture<ExploreShop>
{
    static List<(double Bin, long Count)> Read(JsonElement bins) =>
        [.. bins.EnumerateArray().Select(bin => (bin.GetProperty("bin").GetDouble(), bin.GetProperty("count").GetInt64()))];

    [Fact]
    public async Task Durations_lie_in_bins_of_equal_width()
    {
        var bins = Read(
            (await shop.GetAsync("events-histogram/?field=transaction.duration&numBuckets=10")).GetProperty(
                "transaction.duration"
            )
        );

        var durations = shop.Transactions.Select(span => span.Duration / 1000.0).ToList();
        bins.Select(bin => bin.Bin).ShouldBe([0, 500, 1000, 1500, 2000, 2500, 3000]);
        bins.Select(bin => bin.Count)
            .ShouldBe(bins.Select(bin => (long)durations.Count(value => value >= bin.Bin && value < bin.Bin + 500)));
        bins.Sum(bin => bin.Count).ShouldBe(300);
    }

    [Fact]
    public async Task Only_values_from_min_up_to_but_without_max_count()
    {
        var bins = Read(
            (await shop.GetAsync("events-histogram/?field=span.duration&numBuckets=5&min=100&max=200")).GetProperty(
                "span.duration"
            )
        );

        // One of each ten milliseconds.
        bins.ShouldBe([(100, 2), (120, 2), (140, 2), (160, 2), (180, 2)]);
    }

    [Fact]
    public async Task Several_measurements_have_the_same_bins_with_as_many_places_as_wanted()
    {
        var answer = await shop.GetAsync(
            "events-histogram/?field=measurements.frames.slow&field=measurements.lcp&numBuckets=4&precision=1&max=7"
        );

        var (frames, paints) = (
            Read(answer.GetProperty("measurements.frames.slow")),
            Read(answer.GetProperty("measurements.lcp"))
        );
        frames.Select(bin => bin.Bin).ShouldBe([0, 2, 4, 6]);
        paints.Select(bin => bin.Bin).ShouldBe([0, 2, 4, 6]);
        frames.Sum(bin => bin.Count).ShouldBe(100);
        paints.Sum(bin => bin.Count).ShouldBe(0);
    }

    [Fact]
    public async Task Outliers_are_left_out_if_that_is_wanted()
    {
        const string statuses = "events-histogram/?field=http.status_code&numBuckets=3";

        Read((await shop.GetAsync($"{statuses}&dataFilter=exclude_outliers")).GetProperty("http.status_code"))
            .ShouldBe([(200, 270)]);
        Read((await shop.GetAsync($"{statuses}&dataFilter=all")).GetProperty("http.status_code"))
            .Sum(bin => bin.Count)
            .ShouldBe(300);
    }

    [Fact]
    public async Task Where_there_is_no_value_the_bins_are_empty()
    {
        var bins = Read(
            (await shop.GetAsync("events-histogram/?field=measurements.fid&numBuckets=3")).GetProperty("measurements.fid")
        );

        bins.ShouldBe([(0, 0), (1, 0), (2, 0)]);
    }

    [Theory]
    [InlineData("numBuckets=5", "field", "This field is required.")]
    [InlineData(
        "field=a&field=b&field=c&field=d&field=e&numBuckets=5",
        "field",
        "Ensure this field has no more than 4 elements."
    )]
    [InlineData("field=span.duration", "numBuckets", "This field is required.")]
    [InlineData("field=span.duration&numBuckets=many", "numBuckets", "A valid integer is required.")]
    [InlineData("field=span.duration&numBuckets=-1", "numBuckets", "Ensure this value is greater than or equal to 1.")]
    [InlineData("field=span.duration&numBuckets=150", "numBuckets", "Ensure this value is less than or equal to 100.")]
    [InlineData("field=span.duration&numBuckets=5&precision=5", "precision", "Ensure this value is less than or equal to 4.")]
    [InlineData("field=span.duration&numBuckets=5&min=low", "min", "A valid number is required.")]
    [InlineData("field=span.duration&numBuckets=5&max=NaN", "max", "A valid number is required.")]
    [InlineData("field=span.duration&numBuckets=5&dataFilter=some", "dataFilter", "\"some\" is not a valid choice.")]
    [InlineData("field=span.duration&numBuckets=5&min=9&max=5", "non_field_errors", "min cannot be greater than max.")]
    public async Task What_is_wrong_stands_under_the_name_of_its_parameter(string asked, string parameter, string sentence) =>
        (await shop.GetAsync($"events-histogram/?{asked}", HttpStatusCode.BadRequest))
            .GetProperty(parameter)[0]
            .GetString()
            .ShouldBe(sentence);

    [Fact]
    public async Task Only_numbers_are_spread_and_several_only_of_measurements()
    {
        await shop.GetAsync("events-histogram/?field=span.op&numBuckets=5", HttpStatusCode.BadRequest);
        (
            await shop.GetAsync(
                "events-histogram/?field=span.duration&field=measurements.lcp&numBuckets=5",
                HttpStatusCode.BadRequest
            )
        )
            .GetProperty("field")
            .GetArrayLength()
            .ShouldBe(1);
    }

    [Theory]
    [InlineData(0, 4.5, 5, 0)]
    [InlineData(6, 6, 5, 0)]
    [InlineData(-17, 23.4, 7, 0)]
    [InlineData(0.01, 0.37, 20, 2)]
    [InlineData(1e-9, 1e12, 100, 4)]
    [InlineData(99, 100, 1, 0)]
    [InlineData(-1e12, 1e12, 1, 4)]
    public void Bins_hold_both_ends_and_are_no_more_than_wanted(double min, double max, int most, int places)
    {
        var bins = Bins.Of(min, max, most, places);

        bins.Count.ShouldBeInRange(1, most);
        bins.From.ShouldBeLessThanOrEqualTo(min);
        bins.To.ShouldBeGreaterThan(max);
        bins.EdgeOf(bins.Count - 1).ShouldBeLessThanOrEqualTo(max);
        bins.Width.ShouldBe(Math.Floor(bins.Width));
    }
}
