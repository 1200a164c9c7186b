using System.Buffers;
using Server.Tests.Hosting;
using Tocsin.Journal;
using Tocsin.Server.Gateway;
using Tocsin.Server.Gateway.Quotas;

namespace Server.Tests.Overload;

public sealed class FairShareTests : IAsyncDisposable
{
    const long Noisy = 1;
    const long Quiet = 2;

    readonly FakeTime time = new();
    readonly FakeBacklog journal = new();
    readonly FairShare fair;

    public FairShareTests() => fair = new(journal, new GatewayOptions { FairFrom = 1_000, MostBacklog = 10_000 }, time);

    [Fact]
    public void Without_a_backlog_nobody_is_refused()
    {
        fair.Took(Noisy, 1_000_000);
        fair.Took(Quiet, 1);

        fair.Refuse(Noisy).ShouldBeNull();
        fair.Refuse(Quiet).ShouldBeNull();
    }

    [Fact]
    public void While_much_waits_the_project_that_fills_the_journal_is_asked_to_come_back_and_no_other()
    {
        fair.Took(Noisy, 900);
        fair.Took(Quiet, 100);
        journal.Waiting = 2_000;

        var hit = fair.Refuse(Noisy).ShouldNotBeNull();

        (hit.Scope, hit.Reason, hit.RetryAfter).ShouldBe(("project", "backlog", 10));
        fair.Refuse(Quiet).ShouldBeNull();
        fair.Refuse(3).ShouldBeNull("who has sent nothing yet");
    }

    [Fact]
    public void A_project_alone_may_fill_it_up_to_the_bound()
    {
        fair.Took(Noisy, 900);
        journal.Waiting = 9_999;
        fair.Refuse(Noisy).ShouldBeNull();

        journal.Waiting = 10_000;
        time.Advance(TimeSpan.FromSeconds(1));

        fair.Refuse(Noisy).ShouldNotBeNull();
    }

    [Fact]
    public void Who_has_come_to_reason_is_let_in_again()
    {
        fair.Took(Noisy, 900);
        fair.Took(Quiet, 100);
        journal.Waiting = 2_000;
        fair.Refuse(Noisy).ShouldNotBeNull();

        time.Advance(TimeSpan.FromSeconds(60));
        fair.Took(Quiet, 100);

        fair.Refuse(Noisy).ShouldBeNull();
    }

    [Fact]
    public void What_a_start_has_not_looked_at_yet_is_no_backlog()
    {
        fair.Took(Noisy, 900);
        fair.Took(Quiet, 100);
        (journal.Waiting, journal.OnDisk) = (1_000_000, 64);

        fair.Refuse(Noisy).ShouldBeNull();
    }

    public ValueTask DisposeAsync() => journal.DisposeAsync();

    /// <summary>A journal of which only the length is asked for.</summary>
    sealed class FakeBacklog : Journal
    {
        public long Waiting { get; set; }

        public long OnDisk { get; set; } = long.MaxValue;

        public override long End => Waiting;

        public override JournalState State => new(Waiting, 0, OnDisk, 1, null);

        public override ValueTask<long> AppendAsync(ReadOnlySequence<byte> record, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public override JournalReader OpenReader(long from) => throw new NotSupportedException();

        public override void Release(long below) { }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
