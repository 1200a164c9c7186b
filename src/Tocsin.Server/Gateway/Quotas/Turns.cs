namespace Tocsin.Server.Gateway.Quotas;

/// <summary>
/// The way from a received body to its answer, which only so many bodies go at once; the others wait, each project's in a line of its own, and the
/// lines take turns. So a project's flood waits for itself, and a request of another finds short queues wherever there is one on this way: at the
/// pool's threads, in the journal's next batch. While there is room nobody waits. Thread-safe.
/// </summary>
/// <param name="room">How much goes at once: a small body is 1, a larger one more, see <see cref="WeightOf"/>.</param>
sealed class Turns(int room)
{
    const int LightBytes = 64 * 1024;

    /// <summary>Of one body: even the largest leaves room for others.</summary>
    readonly int heaviest = Math.Max(1, room / 4);

    readonly Lock gate = new();
    readonly Dictionary<long, Line> lines = [];

    /// <summary>The first line's turn is next. Every line has somebody in it.</summary>
    readonly LinkedList<Line> order = [];
    int free = room;

    /// <summary>How many wait.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
            {
                return order.Sum(line => line.Tickets.Count);
            }
        }
    }

    /// <param name="bytes">Still to be decoded.</param>
    public int WeightOf(long bytes) => (int)Math.Min(heaviest, 1 + (bytes / LightBytes));

    /// <summary>Completes with the turn, which is to be given back.</summary>
    /// <exception cref="OperationCanceledException">Left the line; nothing is to be given back.</exception>
    public ValueTask TakeAsync(long project, int weight, CancellationToken cancellation)
    {
        Ticket ticket;
        lock (gate)
        {
            if (order.Count == 0 && weight <= free)
            {
                free -= weight;
                return ValueTask.CompletedTask;
            }
            if (!lines.TryGetValue(project, out var line))
            {
                lines.Add(project, line = new(project));
                line.Place = order.AddLast(line);
            }
            ticket = new(line, weight);
            ticket.Place = line.Tickets.AddLast(ticket);
        }
        return new(WaitAsync(ticket, cancellation));
    }

    public void Give(int weight)
    {
        lock (gate)
        {
            free += weight;
            LetGo();
        }
    }

    async Task WaitAsync(Ticket ticket, CancellationToken cancellation)
    {
        await using var leaving = cancellation.UnsafeRegister(_ => Leave(ticket, cancellation), null);
        await ticket.Task;
    }

    void Leave(Ticket ticket, CancellationToken cancellation)
    {
        lock (gate)
        {
            var (line, place) = (ticket.Line, ticket.Place!);
            if (place.List is null)
            {
                return; // Its turn has come meanwhile.
            }
            line.Tickets.Remove(place);
            if (line.Tickets.Count == 0)
            {
                order.Remove(line.Place!);
                lines.Remove(line.Project);
            }
            ticket.SetCanceled(cancellation);
            LetGo();
        }
    }

    void LetGo()
    {
        while (order.First is { Value: var line } && line.Tickets.First!.Value is var ticket && ticket.Weight <= free)
        {
            free -= ticket.Weight;
            line.Tickets.RemoveFirst();
            order.RemoveFirst();
            if (line.Tickets.Count > 0)
            {
                order.AddLast(line.Place!);
            }
            else
            {
                lines.Remove(line.Project);
            }
            ticket.SetResult();
        }
    }

    sealed class Line(long project)
    {
        public long Project => project;
        public LinkedList<Ticket> Tickets { get; } = [];
        public LinkedListNode<Line>? Place { get; set; }
    }

    sealed class Ticket(Line line, int weight) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public Line Line => line;
        public int Weight => weight;
        public LinkedListNode<Ticket>? Place { get; set; }
    }
}
