namespace Tocsin.Journal.Segments;

/// <summary>Appends that wait for the commit thread, or the reason why none may wait now. Thread-safe.</summary>
sealed class CommitQueue
{
    readonly object gate = new();
    readonly Queue<PendingAppend> waiting = new();
    string? refusing;
    Exception? cause;
    bool retry;
    bool closed;

    public string? Refusing => Volatile.Read(ref refusing);

    /// <summary>Whether <see cref="WaitForWork"/> would return at once with something to do.</summary>
    public bool HasWork
    {
        get
        {
            lock (gate)
            {
                return waiting.Count > 0 || retry;
            }
        }
    }

    /// <summary>Lets the append wait, or fails it at once where nothing is taken now.</summary>
    public void Add(PendingAppend append)
    {
        string reason;
        lock (gate)
        {
            if (!closed && refusing is null)
            {
                waiting.Enqueue(append);
                if (waiting.Count == 1)
                {
                    Monitor.Pulse(gate);
                }
                return;
            }
            reason = refusing ?? "The journal is stopped.";
        }
        if (append.TryClaim())
        {
            append.SetException(new JournalUnavailableException(reason, cause));
        }
    }

    /// <summary>Blocks until there is an append or the disk is to be tried again. False when closed and nothing is left to do.</summary>
    public bool WaitForWork()
    {
        lock (gate)
        {
            while (waiting.Count == 0 && !retry && !closed)
            {
                Monitor.Wait(gate);
            }
            retry = false;
            return waiting.Count > 0 || !closed;
        }
    }

    /// <summary>Frame size of the append that is next, 0 when none waits.</summary>
    public long NextSize()
    {
        lock (gate)
        {
            return waiting.TryPeek(out var append) ? append.Size : 0;
        }
    }

    /// <summary>Takes appends in order as long as they fit into the room.</summary>
    public void Take(List<PendingAppend> into, long room)
    {
        lock (gate)
        {
            while (waiting.TryPeek(out var append) && append.Size <= room)
            {
                waiting.Dequeue();
                if (append.TryClaim())
                {
                    into.Add(append);
                    room -= append.Size;
                }
            }
        }
    }

    /// <summary>Fails what waits and everything that comes, until <see cref="Accept"/>.</summary>
    public void Refuse(string reason, Exception fault)
    {
        PendingAppend[] failed;
        lock (gate)
        {
            refusing = reason;
            cause = fault;
            failed = [.. waiting];
            waiting.Clear();
        }
        foreach (var append in failed)
        {
            if (append.TryClaim())
            {
                append.SetException(new JournalUnavailableException(reason, fault));
            }
        }
    }

    public void Accept()
    {
        if (Refusing is null)
        {
            return;
        }
        lock (gate)
        {
            refusing = null;
            cause = null;
        }
    }

    public void Retry()
    {
        lock (gate)
        {
            retry = true;
            Monitor.Pulse(gate);
        }
    }

    public void Close()
    {
        lock (gate)
        {
            closed = true;
            Monitor.Pulse(gate);
        }
    }
}
