using System.Collections.Concurrent;
using System.Globalization;

namespace Bench.Load;

/// <summary>
/// What was sent and answered. Ids count up behind a random beginning, so that remembering them costs a bit each, and every one can be asked for
/// in the stores afterwards.
/// </summary>
sealed class Sent(Corpus corpus, LoadOptions options)
{
    public Destination To { get; init; } = Destination.First;

    readonly ulong prefix = (ulong)Random.Shared.NextInt64();
    readonly ConcurrentQueue<(ulong Number, Body Body)> acknowledged = [];
    long next;

    public long Acknowledged => acknowledged.Count;

    public long Spans => acknowledged.Sum(sent => (long)sent.Body.Spans);

    /// <summary>Answers other than 200.</summary>
    public ConcurrentDictionary<int, int> Others { get; } = new();

    /// <summary>Those, for people.</summary>
    public string Refusals =>
        Others.IsEmpty
            ? "none"
            : string.Join(
                ", ",
                Others.Select(other => string.Create(CultureInfo.InvariantCulture, $"{other.Value} × {other.Key}"))
            );

    /// <summary>Ids of the errors that were acknowledged.</summary>
    public IEnumerable<UInt128> Errors =>
        acknowledged.Where(sent => sent.Body.ItemType == "event").Select(sent => new UInt128(prefix, sent.Number));

    public async Task SendAsync(Sender sender)
    {
        var (number, body, begin) = Next();
        Note(number, body, await sender.SendAsync(begin, body.Rest));
    }

    public void Send(Sender sender)
    {
        var (number, body, begin) = Next();
        Note(number, body, sender.Send(begin, body.Rest));
    }

    (ulong Number, Body Body, byte[] Begin) Next()
    {
        var number = (ulong)Interlocked.Increment(ref next);
        var body = BodyOf(number);
        var id = $"{prefix:x16}{number:x16}";
        return (number, body, body.Begin(id, (int)(Mixed(number) % (ulong)options.Issues), (int)(number % 50_000)));
    }

    /// <summary>Each of the corpus as often as any other.</summary>
    public Body BodyOf(ulong number) => corpus.Bodies[(int)((Mixed(number) >> 32) % (ulong)corpus.Bodies.Count)];

    /// <summary>Spreads over bodies and issues without a shared generator of chance.</summary>
    static ulong Mixed(ulong number) => unchecked(number * 0x9e3779b97f4a7c15);

    void Note(ulong number, Body body, int status)
    {
        if (status == 200)
        {
            acknowledged.Enqueue((number, body));
        }
        else
        {
            Others.AddOrUpdate(status, 1, (_, times) => times + 1);
        }
    }
}
