using Faults;
using Simulation.Stores;
using Tocsin.Journal.Segments;

namespace Simulation.World;

/// <summary>
/// A world that a seed decides: clients send, somebody merges issues and takes them apart, the disk fails, the clock jumps, the process is killed
/// or the power goes, and the server starts again, until all is sent and the weather is fair. Then everything must come to rest, and the audit must
/// find it exact; and once more when all that is merged was taken apart.
/// </summary>
sealed class SeededRun : IDisposable
{
    const int Clients = 3;
    const int UsualStorm = 700;

    /// <summary>Where nights come: something is sent on most days while it lasts.</summary>
    const int LongStorm = 1500;
    const int CalmSteps = 60_000;

    /// <summary>Merges that more is sent after: what was merged goes on to happen.</summary>
    const int MergesFollowed = 5;
    const int SentAfterMerge = 4;
    const int SentAfterNight = 1;

    readonly Random chance;
    readonly Bug bug;
    readonly Storm storm;
    readonly SimulatedTime time;
    readonly MetadataFile metadata;
    readonly int stormSteps;
    readonly History history = new();
    readonly List<Client> clients;
    readonly Finder finder;
    readonly Merger merger;
    readonly Calendar calendar;
    readonly Chronicle chronicle = new();
    readonly List<Sending> given = [];
    int sendings;
    SeededScheduler scheduler;
    MemoryDisk disk = new();
    StormyFiles files;
    TelemetryDays telemetry = TelemetryDays.Empty;
    MemoryTelemetryStore? store;
    Life? life;
    List<Task> errands = [];
    readonly bool isRecording;
    int steps;
    int refusedBefore;
    int ticks;
    int followed;

    public SeededRun(int seed, Bug bug = Bug.None)
    {
        chance = new(seed);
        this.bug = bug;
        storm = Storm.Of(chance);
        calendar = Calendar.Of(chance);
        stormSteps = calendar.HasNights ? LongStorm : UsualStorm;
        // Some worlds begin shortly before midnight.
        time = new(new(2026, 11, 20, chance.Next(3) == 0 ? 23 : 12, 59, 58, TimeSpan.Zero));
        clients = [.. Enumerable.Range(0, Clients).Select(number => new Client(number, chance, history))];
        finder = new(history);
        merger = new(chance, history, bug);
        sendings = 8 + chance.Next(25);
        metadata = new();
        scheduler = new(chance);
        files = new(disk, chance, bug);
    }

    /// <summary>A calm world that goes on from what a crash left: the server starts, comes to rest, and is audited.</summary>
    public SeededRun(CrashState state)
        : this(1)
    {
        storm = Storm.None;
        stormSteps = 0;
        sendings = 0;
        metadata.Dispose();
        metadata = new(state.Metadata);
        disk = state.Disk;
        telemetry = state.Telemetry;
        foreach (var batch in telemetry.Days.Values.SelectMany(day => day.Batches))
        {
            chronicle.Add(batch);
        }
        calendar = Calendar.Endless;
        files = new(disk, chance, bug);
        clients[0].Remember(state.Promises);
        merger.Remember(state.Promises.Merged);
        Crashes = 1;
    }

    /// <summary>A world without storms that writes down what is durable when, for <see cref="CrashStates"/>.</summary>
    public static SeededRun Recording(int seed, int sendings, Bug bug) => new(seed, sendings, bug);

    SeededRun(int seed, int sendings, Bug bug)
        : this(seed, bug)
    {
        storm = Storm.None;
        this.sendings = sendings;
        calendar = Calendar.Endless;
        stormSteps = UsualStorm;
        isRecording = true;
        foreach (var client in clients)
        {
            client.Told = fact => disk.Mark(fact);
        }
        finder.Told = fact => disk.Mark(fact);
        merger.Told = fact =>
        {
            disk.Mark(new CrashStates.Committed(metadata.Copy(), telemetry));
            disk.Mark(fact);
        };
    }

    public MemoryDisk Disk => disk;

    public int Crashes { get; private set; }

    /// <summary>Events that found no room for an issue of their own; known when it was played to its end.</summary>
    public long Overflowed { get; private set; }

    public int Steps => steps;

    public int Nights { get; private set; }

    /// <summary>Days, as often as one was.</summary>
    public int Closed { get; private set; }

    public IReadOnlyList<Chronicle.Drop> Drops => chronicle.Drops;

    /// <summary>Answered; those that take all apart at the end are none.</summary>
    public int Merges => merger.Merges;
    public int Unmerges { get; private set; }

    /// <summary>Events that came for issues that were merged.</summary>
    public long SeenMerged => merger.Seen;

    /// <summary>Plays it to its end. The hash of all that happened.</summary>
    public string Play()
    {
        try
        {
            Settle();
            Run(async () =>
            {
                await AuditAsync();
                Overflowed = await NewIssueAudit.OverflowedAsync(life!);
                Unmerges = merger.Unmerges;
                await merger.TakeAllApartAsync(life!);
                await AuditAsync();
            });
            history.Add(disk);
            return history.Hash;
        }
        catch (SimulationException broken)
        {
            throw new SimulationException(
                $"{broken.Message}\nafter {steps} steps and {Crashes} crashes; the last of them:\n{string.Join('\n', history.Last)}"
            );
        }
    }

    Task AuditAsync() =>
        Audit.CheckAsync(life!, Promises, chronicle, calendar, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));

    /// <summary>Until nothing more happens.</summary>
    public void Settle()
    {
        while (!IsOver())
        {
            if (++steps > CalmSteps)
            {
                throw new SimulationException($"it does not come to rest: {Describe()}");
            }
            Step();
        }
    }

    /// <summary>The server as it stands now.</summary>
    public Life Server => life!;

    /// <summary>As a power loss at this moment would leave it, were all synced.</summary>
    public CrashState State => new(disk.Copy(), metadata.Copy(), telemetry, Promises);

    Promises Promises =>
        new(
            [.. clients.SelectMany(client => client.Acknowledged), .. finder.Acknowledged],
            [.. clients.SelectMany(client => client.Attempts), .. finder.Attempts],
            [.. clients.SelectMany(client => client.Refused)],
            merger.Groups,
            Crashes == 0
        );

    public void Dispose()
    {
        if (life is not null)
        {
            life.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        metadata.Dispose();
    }

    void Step()
    {
        files.Storm = steps < stormSteps ? storm : Storm.None;
        if (steps == stormSteps)
        {
            // Somebody sets the clock right: what was due on a day that it had reached is due again.
            time.Jump(time.Latest - time.GetUtcNow());
        }
        if (files.IsDead || (life is not null && chance.Next(1000) < files.Storm.CrashBetween))
        {
            Crash();
            return;
        }
        if (life is null && !TryOpen())
        {
            return;
        }
        if (steps < stormSteps && calendar.Ends(chance))
        {
            Sleep();
        }
        if (chance.Next(1000) < files.Storm.ClockJump)
        {
            var by = TimeSpan.FromMinutes(chance.Next(-70, 71));
            history.Add($"clock jumps by {by}");
            time.Jump(by);
        }
        if (steps < stormSteps && chance.Next(150) == 0)
        {
            errands.Add(finder.Tell(chance.Next(3), life!, scheduler, time));
        }
        if (steps < stormSteps + Math.Min(stormSteps, UsualStorm) && !merger.IsBusy && chance.Next(40) == 0)
        {
            errands.Add(merger.Act(life!, scheduler));
        }
        if (merger.Merges > followed && followed < MergesFollowed)
        {
            followed++;
            sendings += SentAfterMerge;
        }
        switch (chance.Next(10))
        {
            case 0 when given.Count < sendings:
                Give();
                break;
            case 1 when clients.Find(client => client is { IsSending: false, HasMore: true }) is { } client && life is not null:
                history.Add($"client {client.Number} sends");
                errands.Add(client.Send(life, scheduler));
                break;
            case 2 or 3 when life?.Journal.HasWork == true:
                history.Add("commit");
                life.Journal.TryCommit();
                break;
            case 4:
                time.Pass(calendar.Pause(chance));
                break;
            case 5 when !scheduler.HasWork && life?.Journal.HasWork != true:
                time.PassToNext();
                break;
            case > 5 when scheduler.HasWork:
                scheduler.RunOne();
                break;
        }
        foreach (var errand in errands.Where(errand => errand.IsFaulted && !files.IsDead))
        {
            throw new SimulationException($"an errand failed: {errand.Exception!.InnerException}");
        }
        errands.RemoveAll(errand => errand.IsCompleted);
        if (life is { Working.IsCompleted: true } && !files.IsDead)
        {
            throw new SimulationException($"the worker gave up: {life.Working.Exception?.InnerException}");
        }
    }

    /// <summary>On the next day there is more to send, as nothing is done to a day while it is the last.</summary>
    void Sleep()
    {
        var night = Calendar.Night(chance);
        history.Add($"a night of {night}");
        time.Sleep(night);
        Nights++;
        sendings += SentAfterNight;
    }

    void Give()
    {
        var sending = Sending.Of(given.Count, chance, given);
        given.Add(sending);
        clients[chance.Next(Clients)].Give(sending);
        history.Add($"sending {sending.Number}: {sending.Content} {sending.Id} to {sending.Project}");
    }

    /// <summary>A start that fails is tried again, as a supervisor does.</summary>
    bool TryOpen()
    {
        store = new(telemetry, bug)
        {
            Given = chronicle.Add,
            Dropped = (day, kinds) => chronicle.DropDay(day, kinds, DateOnly.FromDateTime(time.Latest.UtcDateTime)),
            Touches = () => files.Touch("telemetry"),
            Told = what =>
            {
                // What a process that is gone still does reaches nothing.
                if (!files.IsDead)
                {
                    telemetry = store!.State;
                    Closed += what == "closed" ? 1 : 0;
                    history.Add($"telemetry {what}: {telemetry.Applied}");
                    if (isRecording)
                    {
                        disk.Mark(new CrashStates.Committed(metadata.Copy(), telemetry));
                    }
                }
            },
        };
        var opened = scheduler.Start(async () =>
        {
            life = await Life.OpenAsync(metadata.Path, store, files, time, calendar, bug);
            await chronicle.AddLastAsync(life);
            await life.StartAsync(scheduler);
        });
        while (!opened.IsCompleted)
        {
            scheduler.RunOne();
        }
        if (opened.IsCompletedSuccessfully)
        {
            history.Add("opened");
            return true;
        }
        life = null;
        history.Add($"did not open: {opened.Exception!.InnerException!.GetType().Name}");
        if (opened.Exception!.InnerException is not IOException)
        {
            throw new SimulationException($"the server does not start: {opened.Exception.InnerException}");
        }
        Crash();
        return false;
    }

    void Crash()
    {
        Crashes++;
        files.Die();
        if (life is not null)
        {
            life.DisposeAsync().AsTask().GetAwaiter().GetResult();
            life = null;
        }
        history.Add(disk);
        // Killed: what was written is still in the system's memory. Or the power went.
        var unsynced = (Unsynced)chance.Next(5);
        disk = new PowerLoss(disk).At(disk.Trace.Count, unsynced, chance);
        DamageTelemetry();
        history.Add($"crash: {unsynced}");
        scheduler = new(chance);
        files = new(disk, chance, bug);
        errands = [];
        foreach (var client in clients)
        {
            client.Disconnect();
        }
        merger.Disconnect();
        time.Clear();
    }

    void DamageTelemetry()
    {
        if (steps >= stormSteps || telemetry.Days.Count == 0 || chance.Next(4) > 0)
        {
            return;
        }
        var any = telemetry.Days.Keys.ElementAt(chance.Next(telemetry.Days.Count));
        var latest = telemetry.Days.Keys.Last();
        telemetry = chance.Next(3) switch
        {
            0 => telemetry.Damage(any),
            1 => telemetry.Lose(any),
            _ => telemetry.Forget(latest, 1 + chance.Next(3)),
        };
        history.Add($"telemetry damaged: {telemetry.Applied}");
    }

    bool IsOver()
    {
        if (steps < stormSteps || !IsAtRest())
        {
            return false;
        }
        // Counted refusals are written once a second.
        var counted = clients.Sum(client => client.Refused.Count);
        if (counted > refusedBefore)
        {
            (refusedBefore, ticks) = (counted, 3);
        }
        if (ticks > 0)
        {
            // More than once: the journal may still refuse what a storm left it with.
            ticks--;
            time.Pass(TimeSpan.FromSeconds(2));
            return false;
        }
        return true;
    }

    bool IsAtRest() =>
        life is not null
        && !files.IsDead
        && given.Count == sendings
        && clients.TrueForAll(client => client is { HasMore: false, IsSending: false })
        && !scheduler.HasWork
        && !life.Journal.HasWork
        // A start begins a segment, whose header is no record.
        && life.Journal.End - life.Journal.State.Released <= SegmentHeader.Bytes
        && life.Telemetry.Days.All(day => day.Damage is null)
        && life.Rebuilds is { Current: null }
        && life.Rebuilds.Waiting().Count == 0
        && calendar.Overdue(life, time.GetUtcNow()) is null;

    string Describe() =>
        life is null
            ? "the server is not there"
            : $"journal {life.Journal.State}, worker at {life.Health.Position} {life.Health.FailingStep} {life.Health.Error}, "
                + $"waiting {clients.Sum(client => client.HasMore ? 1 : 0)} clients, rebuilds {life.Rebuilds.Waiting().Count}, "
                + $"days: {calendar.Overdue(life, time.GetUtcNow()) ?? "done"}";

    void Run(Func<Task> work)
    {
        var task = scheduler.Start(work);
        while (!task.IsCompleted)
        {
            scheduler.RunOne();
        }
        task.GetAwaiter().GetResult();
    }
}
