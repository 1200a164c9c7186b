using Tocsin.Server.Gateway.Quotas;

namespace Server.Tests.Gateway;

/// <summary>Who goes when there is no room for all.</summary>
public sealed class TurnsTests
{
    const long Loud = 1;
    const long Quiet = 2;

    readonly List<string> went = [];

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void While_there_is_room_nobody_waits()
    {
        var turns = new Turns(3);

        Take(turns, Loud, "a", 2).ShouldBeTrue();
        Take(turns, Quiet, "b", 1).ShouldBeTrue();
        turns.Waiting.ShouldBe(0);
        Take(turns, Quiet, "c", 1).ShouldBeFalse();
        turns.Waiting.ShouldBe(1);
    }

    [Fact]
    public async Task Lines_take_turns_so_that_a_flood_waits_for_itself()
    {
        var turns = new Turns(1);
        Take(turns, Loud, "first");
        foreach (var number in Enumerable.Range(1, 5))
        {
            Take(turns, Loud, $"loud {number}");
        }
        Take(turns, Quiet, "quiet 1");
        Take(turns, Quiet, "quiet 2");

        await EmptyAsync(turns);

        went.ShouldBe(["first", "loud 1", "quiet 1", "loud 2", "quiet 2", "loud 3", "loud 4", "loud 5"]);
    }

    [Fact]
    public async Task A_heavy_one_waits_for_its_room_and_is_not_passed_over()
    {
        var turns = new Turns(4);
        Take(turns, Loud, "a", 2);
        Take(turns, Loud, "b", 2);
        Take(turns, Loud, "heavy", 4).ShouldBeFalse();
        Take(turns, Quiet, "light").ShouldBeFalse();

        turns.Give(2);
        went.ShouldBe(["a", "b"]);
        Take(turns, Quiet, "late").ShouldBeFalse("there is room for it, and others were before it");
        turns.Give(2);
        await WentAsync("heavy");
        turns.Give(4);
        await WentAsync("light");
        await WentAsync("late");
        went[..3].ShouldBe(["a", "b", "heavy"]);
    }

    [Fact]
    public async Task Who_leaves_the_line_is_passed_over_and_takes_nothing()
    {
        var turns = new Turns(2);
        Take(turns, Loud, "a");
        Take(turns, Loud, "b");
        using var gone = new CancellationTokenSource();
        var leaving = turns.TakeAsync(Loud, 2, gone.Token).AsTask();
        Take(turns, Quiet, "c").ShouldBeFalse();
        turns.Give(1);
        went.ShouldBe(["a", "b"]);

        await gone.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(leaving);
        await WentAsync("c");
        turns.Give(1);
        turns.Give(1);
        turns.Waiting.ShouldBe(0);
        Take(turns, Loud, "all", 2).ShouldBeTrue();
    }

    [Fact]
    public async Task Under_a_storm_no_more_go_than_there_is_room_for_and_every_turn_comes()
    {
        const int Room = 5;
        var turns = new Turns(Room);
        var (inside, most) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(sender => Task.Run(() => SendAsync(sender), Stop)))
            .WaitAsync(TimeSpan.FromSeconds(60), Stop);

        most.ShouldBeInRange(1, Room);
        inside.ShouldBe(0);
        Take(turns, Quiet, "all", Room).ShouldBeTrue();

        async Task SendAsync(int sender)
        {
            for (var number = 0; number < 500; number++)
            {
                var weight = 1 + ((sender + number) % 3);
                using var gone = new CancellationTokenSource();
                var turn = turns.TakeAsync(sender % 4, weight, gone.Token).AsTask();
                if (number % 7 == 0)
                {
                    await gone.CancelAsync();
                }
                try
                {
                    await turn;
                }
                catch (OperationCanceledException)
                {
                    continue;
                }
                var now = Interlocked.Add(ref inside, weight);
                for (var seen = most; now > seen; seen = most)
                {
                    Interlocked.CompareExchange(ref most, now, seen);
                }
                await Task.Yield();
                Interlocked.Add(ref inside, -weight);
                turns.Give(weight);
            }
        }
    }

    [Fact]
    public void The_heaviest_body_takes_a_part_of_the_room()
    {
        new Turns(64).WeightOf(0).ShouldBe(1);
        new Turns(64).WeightOf(65_535).ShouldBe(1);
        new Turns(64).WeightOf(65_536).ShouldBe(2);
        new Turns(64).WeightOf(long.MaxValue).ShouldBe(16);
        new Turns(1).WeightOf(long.MaxValue).ShouldBe(1);
    }

    /// <summary>Whether it went at once.</summary>
    bool Take(Turns turns, long project, string name, int weight = 1)
    {
        var turn = turns.TakeAsync(project, weight, Stop).AsTask();
        if (turn.IsCompleted)
        {
            went.Add(name);
            return true;
        }
        _ = turn.ContinueWith(
            _ =>
            {
                lock (went)
                {
                    went.Add(name);
                }
            },
            TaskScheduler.Default
        );
        return false;
    }

    async Task EmptyAsync(Turns turns)
    {
        while (turns.Waiting is > 0 and var waiting)
        {
            var went = this.went.Count;
            turns.Give(1);
            turns.Waiting.ShouldBe(waiting - 1);
            await UntilAsync(() => this.went.Count > went);
        }
    }

    Task WentAsync(string name) => UntilAsync(() => went.Contains(name));

    async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            lock (went)
            {
                if (condition())
                {
                    return;
                }
            }
            await Task.Delay(1, patience.Token);
        }
    }
}
