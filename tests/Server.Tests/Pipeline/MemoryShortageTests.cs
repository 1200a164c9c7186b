using System.Buffers;
using Server.Tests.Projects;
using Tocsin.Journal;
using Tocsin.Server.Gateway;
using Tocsin.Server.Pipeline;

namespace Server.Tests.Pipeline;

/// <summary>Memory that is short is nobody's mistake, unless there is never enough for one item alone.</summary>
public sealed class MemoryShortageTests
{
    /// <summary>Beside the others, and alone.</summary>
    const int TriesInBatch = 2;

    [Fact]
    public async Task Memory_that_is_short_for_a_moment_costs_no_item()
    {
        await using var house = await PipelineHouse.BuildAsync();
        house.Poison.Shortages = 4 * TriesInBatch;
        await house.StartAsync();
        var scarce = SomeEnvelope.Error(message: house.Poison.WithoutMemory);
        SomeEnvelope[] envelopes = [SomeEnvelope.Error(), scarce, SomeEnvelope.Error()];
        await house.SendAsync(envelopes);
        await house.DrainAsync();

        house.Poison.Shortages.ShouldBeLessThan(0, "memory must have been short");
        await house.AuditAsync([.. envelopes.Select(envelope => envelope.EventId!.Value)]);
        (await house.OutcomesAsync()).Keys.ShouldBe(["Accepted"]);
        house.Health.Error.ShouldBeNull();
    }

    [Fact]
    public async Task Items_for_which_there_is_never_enough_memory_alone_are_quarantined_and_the_batch_goes_on()
    {
        await using var house = await PipelineHouse.BuildAsync();
        house.Poison.Shortages = int.MaxValue;
        await house.StartAsync();
        var good = Enumerable.Range(0, 4).Select(_ => SomeEnvelope.Error()).ToArray();
        var large = SomeEnvelope.Error(message: house.Poison.WithoutMemory);
        var larger = SomeEnvelope.Error(message: house.Poison.WithoutMemory);
        await house.SendAsync([.. good[..2], large, larger, .. good[2..]]);
        await house.DrainAsync();

        await house.AuditAsync([.. good.Select(envelope => envelope.EventId!.Value)]);
        (await house.OutcomesAsync())["Quarantined poison"].ShouldBe(2);
        (int.MaxValue - house.Poison.Shortages).ShouldBeGreaterThanOrEqualTo(2 * MemoryShortage.Tries);
    }

    [Fact]
    public async Task A_record_that_memory_does_not_suffice_to_open_fails_its_batch_until_it_was_tried_often_enough()
    {
        await using var projects = await SomeProjects.CreateAsync();
        await projects.CreateAsync("Shop");
        await projects.Directory.RefreshAsync(CancellationToken.None);
        var receipt = new Receipt
        {
            Door = Door.Envelope,
            ProjectId = projects.Directory.All.Single().Id,
            Received = 1_795_000_000_000_000,
        };
        using var body = new ScarceMemory(SomeEnvelope.Error().With("session", "{}").ToBytes());
        ReceivedRecord[] records = [new(new JournalRecord(1, body.Memory), receipt, body.Memory)];

        var preparation = new Preparation(projects.Directory, [], new());
        body.Shortages = TriesInBatch;
        Should.Throw<InsufficientMemoryException>(() => Unpack(preparation, records));
        Unpack(preparation, records).Items.Select(item => item.ItemType).ShouldBe(["event", "session"]);

        preparation = new Preparation(projects.Directory, [], new());
        body.Shortages = MemoryShortage.Tries * TriesInBatch;
        for (var time = 1; time < MemoryShortage.Tries; time++)
        {
            Should.Throw<InsufficientMemoryException>(() => Unpack(preparation, records));
        }
        var item = Unpack(preparation, records).Items.ShouldHaveSingleItem();
        (item.ItemType, item.IsQuarantined).ShouldBe(("record", true));
    }

    static Batch Unpack(Preparation preparation, IReadOnlyList<ReceivedRecord> records)
    {
        var batch = new Batch(0, 20261121);
        preparation.Unpack(batch, records);
        return batch;
    }

    /// <summary>A body that cannot be read as often as is said.</summary>
    sealed class ScarceMemory(byte[] bytes) : MemoryManager<byte>
    {
        public int Shortages { get; set; }

        public override Memory<byte> Memory => CreateMemory(bytes.Length);

        public override Span<byte> GetSpan() => --Shortages >= 0 ? throw new InsufficientMemoryException("planted") : bytes;

        public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

        public override void Unpin() { }

        protected override void Dispose(bool disposing) { }
    }
}
