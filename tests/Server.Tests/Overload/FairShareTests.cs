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

    readonly FakeTime _time = new();
    readonly FakeBacklog _journal = new();
    readonly FairShare _fair;

    public FairShareTests() => _fair = new(_journal, new GatewayOptions { FairFrom = 1_000, MostBacklog = 10_000 }, _time);

    [Fact]
    public void Without_a_backlog_nobody_is_refused()
    {
        _fair.Took(Noisy, 1_000_000);
        _fair.Took(Quiet, 1);

        _fair.Refuse(Noisy).ShouldBeNull();
        _fair.Refuse(Quiet).ShouldBeNull();
    }

    [Fact]
    public void While_much_waits_the_project_that_fills_the_journal_is_asked_to_come_back_and_no_other()
    {
        _fair.Took(Noisy, 900);
        _fair.Took(Quiet, 100);
        _journal.Waiting = 2_000;

        var hit = _fair.Refuse(Noisy).ShouldNotBeNull();

        (hit.Scope, hit.Reason, hit.RetryAfter).ShouldBe(("project", "backlog", 10));
        _fair.Refuse(Quiet).ShouldBeNull();
        _fair.Refuse(3).ShouldBeNull("who has sent nothing yet");
    }

    [Fact]
    public void A_project_alone_may_fill_it_up_to_the_bound()
    {
        _fair.Took(Noisy, 900);
        _journal.Waiting = 9_999;
        _fair.Refuse(Noisy).ShouldBeNull();

        _journal.Waiting = 10_000;
        _time.Advance(TimeSpan.FromSeconds(1));

        _fair.Refuse(Noisy).ShouldNotBeNull();
    }

    [Fact]
    public void Who_has_come_to_reason_is_let_in_again()
    {
        _fair.Took(Noisy, 900);
        _fair.Took(Quiet, 100);
        _journal.Waiting = 2_000;
        _fair.Refuse(Noisy).ShouldNotBeNull();

        _time.Advance(TimeSpan.FromSeconds(60));
        _fair.Took(Quiet, 100);

        _fair.Refuse(Noisy).ShouldBeNull();
    }

    [Fact]
    public void What_a_start_has_not_looked_at_yet_is_no_backlog()
    {
        _fair.Took(Noisy, 900);
        _fair.Took(Quiet, 100);
        (_journal.Waiting, _journal.OnDisk) = (1_000_000, 64);

        _fair.Refuse(Noisy).ShouldBeNull();
    }

    public ValueTask DisposeAsync() => _journal.DisposeAsync();

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
