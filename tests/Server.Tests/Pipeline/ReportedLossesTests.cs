using Server.Tests.Projects;
using Tocsin.Journal;
using Tocsin.Protocol;
using Tocsin.Server.Gateway;
using Tocsin.Server.Pipeline;

namespace Server.Tests.Pipeline;

/// <summary>What clients say they discarded becomes no item, yet it must cost no more memory than what does.</summary>
public sealed class ReportedLossesTests : IAsyncLifetime
{
    const int Entries = 2_500;
    const long Second = 1_000_000;

    SomeProjects projects = null!;

    [Theory]
    [InlineData("client_report", -1)]
    [InlineData("attachment", 0)]
    public void A_batch_is_full_when_enough_was_decoded_though_nothing_of_it_became_an_item(string type, int refused)
    {
        var record = Record(new SomeEnvelope(null).With(type, Report(_ => "queue_overflow")), refused);

        var batch = Unpacked(150_000, [.. Enumerable.Repeat(record, 9)]);

        batch.Items.ShouldBeEmpty();
        batch.Records.ShouldBeInRange(1, 8);
    }

    [Fact]
    public void Losses_of_one_record_that_are_alike_are_one_row()
    {
        var report = Report(entry => entry % 2 == 0 ? "queue_overflow" : "network_error");

        var batch = Unpacked(48 << 20, Record(Twice(report)));

        batch
            .Counted.Select(row => ((OutcomeKind)row.Outcome, row.Reason, row.Category, row.Quantity))
            .ShouldBe(
                [
                    (OutcomeKind.ClientDiscard, "queue_overflow", DataCategory.Error, Entries),
                    (OutcomeKind.ClientDiscard, "network_error", DataCategory.Error, Entries),
                ],
                ignoreOrder: true
            );
        batch.Counted.ShouldAllBe(row => row.ProjectId == projects.Directory.All.Single().Id && row.Timestamp % Second == 0);
    }

    [Fact]
    public void Reasons_beyond_all_that_clients_have_are_counted_as_one()
    {
        var report = Report(entry => $"reason {entry}");

        var batch = Unpacked(48 << 20, Record(Twice(report)));

        batch.Counted.Count.ShouldBe(ReportedLosses.Most + 1);
        batch.Counted.Single(row => row.Reason == "reason 7").Quantity.ShouldBe(2);
        batch.Counted.Single(row => row.Reason == "other").Quantity.ShouldBe(2 * (Entries - ReportedLosses.Most));
    }

    public async ValueTask InitializeAsync()
    {
        projects = await SomeProjects.CreateAsync();
        await projects.CreateAsync("Shop");
        await projects.Directory.RefreshAsync(CancellationToken.None);
    }

    public ValueTask DisposeAsync() => projects.DisposeAsync();

    static string Report(Func<int, string> reason)
    {
        var entries = Enumerable
            .Range(0, Entries)
            .Select(entry => $$"""{"reason":"{{reason(entry)}}","category":"error","quantity":1}""");
        return $$"""{"discarded_events":[{{string.Join(',', entries)}}]}""";
    }

    static SomeEnvelope Twice(string report) =>
        new SomeEnvelope(null).With("client_report", report).With("client_report", report);

    Batch Unpacked(long inflatedBytes, params ReceivedRecord[] records)
    {
        var batch = new Batch(0, 20261121);
        new Preparation(projects.Directory, [], new() { InflatedBytes = inflatedBytes }).Unpack(batch, records);
        return batch;
    }

    ReceivedRecord Record(SomeEnvelope envelope, int refused = -1)
    {
        var receipt = new Receipt
        {
            Door = Door.Envelope,
            ProjectId = projects.Directory.All.Single().Id,
            Received = (1_795_000_000 * Second) + 123,
            Refused = refused < 0 ? [] : [refused],
        };
        var body = envelope.ToBytes();
        return new(new JournalRecord(1, body), receipt, body);
    }
}
