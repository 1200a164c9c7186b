using Protocol.Tests.Events;
using Tocsin.Protocol.Events;

namespace Protocol.Tests.Samples;

/// <summary>Every event of a real client, held against the manifest and against a second, naive reading of its JSON.</summary>
public class CapturedEventTests
{
    public static TheoryData<CapturedEvent> Events => [.. CapturedEvent.All()];

    [Fact]
    public void The_corpus_is_complete() => Events.Count.ShouldBeGreaterThan(200);

    [Theory]
    [MemberData(nameof(Events), DisableDiscoveryEnumeration = true)]
    public void An_event_is_what_the_manifest_says(CapturedEvent captured)
    {
        var read = Read(captured.Json);
        var summary = captured.Summary;
        read.Exceptions.Select(exception => exception.Type)
            .ShouldBe(summary["exceptions"]?.AsArray().Select(type => type?.GetValue<string>()) ?? []);
        read.Exceptions.Select(exception => exception.Mechanism?.Handled)
            .ShouldBe(summary["handled"]?.AsArray().Select(handled => handled?.GetValue<bool>()) ?? []);
        if (summary["message"] is { } message)
        {
            // The manifest cuts long ones.
            var expected = JsonStrings.Text(message)!;
            var actual = (read.LogEntry!.Formatted ?? read.LogEntry.Message)!;
            actual[..Math.Min(actual.Length, expected.Length)].ShouldBe(expected);
        }
        read.Platform.ShouldBe(JsonStrings.Text(summary["platform"]));
        read.Id?.ToString().ShouldBe(JsonStrings.Text(summary["event_id"])?.Replace("-", "", StringComparison.Ordinal));
        read.Release.ShouldBe(JsonStrings.Text(summary["release"]));
        read.Environment.ShouldBe(JsonStrings.Text(summary["environment"]));
        read.Level.ShouldBe(JsonStrings.Level(summary["level"]));
        read.Contexts?["feedback"]?["message"]?.GetValue<string>().ShouldBe(JsonStrings.Text(summary["feedback"]));
    }

    [Theory]
    [MemberData(nameof(Events), DisableDiscoveryEnumeration = true)]
    public void An_event_is_what_a_second_reading_finds(CapturedEvent captured)
    {
        var read = Read(captured.Json);
        var naive = NaiveEvent.Read(captured.Json);
        read.Exceptions.Select(exception => exception.Value).ShouldBe(naive.ExceptionValues);
        read.Exceptions.Select(exception => exception.StackTrace?.Frames.Count ?? 0).ShouldBe(naive.FrameCounts);
        read.Exceptions.SelectMany(exception => exception.StackTrace?.Frames ?? [])
            .Select(frame => (frame.Filename, frame.Function, frame.Line, frame.InApp))
            .ShouldBe(naive.Frames);
        read.Threads.Count.ShouldBe(naive.Threads);
        read.Breadcrumbs.Count.ShouldBe(naive.Breadcrumbs);
        read.Tags.Select(tag => (tag.Key, tag.Value)).ShouldBe(naive.Tags);
        (read.User?.Id, read.User?.Email, read.User?.Username, read.User?.IpAddress).ShouldBe(naive.User);
        (read.Sdk?.Name).ShouldBe(naive.SdkName);
        (read.Timestamp is not null).ShouldBe(naive.HasTimestamp);
        (read.Contexts?.Select(context => context.Key) ?? []).ShouldBe(naive.Contexts);
        (read.Extra?.Count ?? 0).ShouldBe(naive.Extras);
        read.Modules.Count.ShouldBe(naive.Modules);
    }

    [Theory]
    [MemberData(nameof(Events), DisableDiscoveryEnumeration = true)]
    public void Nothing_in_it_is_set_aside(CapturedEvent captured) =>
        Read(captured.Json)
            .Notes.Where(note => note.Kind.Length > 0)
            .Select(note => note.Path)
            // The ravens send an interface and an attribute that no server knows.
            .ShouldBeSubsetOf(["sentry.interfaces.Query", "trimHeadFrames"]);

    [Theory]
    [MemberData(nameof(Events), DisableDiscoveryEnumeration = true)]
    public void It_is_written_and_read_again_without_a_loss(CapturedEvent captured)
    {
        var read = Read(captured.Json);
        EventComparison.ShouldBeSame(Read(EventWriter.Write(read)), read);
    }

    [Fact]
    public void The_gateways_scan_agrees_with_the_reading()
    {
        foreach (var captured in CapturedEvent.All())
        {
            EventReader.TryScan(captured.Json, out var scan, out _).ShouldBeTrue(captured.ToString());
            var read = Read(captured.Json);
            scan.ShouldBe(new EventScan(read.Id, read.Type), captured.ToString());
        }
    }

    static ErrorEvent Read(byte[] json)
    {
        EventReader.TryRead(json, out var read, out var refusal).ShouldBeTrue(refusal?.Message);
        return read;
    }
}
