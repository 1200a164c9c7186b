using System.Text;
using Tocsin.Server.Issues;
using Tocsin.Server.Metadata;
using Tocsin.Server.Pipeline;

namespace Server.Tests.Pipeline;

/// <summary>Words in a payload or a title that make an item fail in the one step or the other.</summary>
sealed class Poison
{
    volatile TaskCompletionSource? closed;
    int prepared;
    int shortages;

    public string InPrepare { get; set; } = "poison-in-prepare";
    public string InTakeIn { get; set; } = "poison-in-take-in";

    /// <summary>For items that carry it there is no memory as often as <see cref="Shortages"/> says.</summary>
    public string WithoutMemory { get; set; } = "without-memory";

    public int Shortages
    {
        get => shortages;
        set => shortages = value;
    }

    /// <summary>How often a poisoned item was tried in prepare.</summary>
    public int Prepared => prepared;

    public void Count() => Interlocked.Increment(ref prepared);

    public bool TakesMemory() => Interlocked.Decrement(ref shortages) >= 0;

    /// <summary>Until the result is disposed, prepare does not return.</summary>
    public IDisposable Hold()
    {
        closed = new();
        return new Holding(closed);
    }

    public void Pass() => closed?.Task.Wait();

    sealed class Holding(TaskCompletionSource closed) : IDisposable
    {
        public void Dispose() => closed.SetResult();
    }
}

/// <summary>A pipeline with bugs.</summary>
sealed class PoisonedPipeline(IItemPipeline inner, Poison poison) : IItemPipeline
{
    public int Footprint => inner.Footprint;

    public bool Handles(string itemType) => inner.Handles(itemType);

    public PreparedItem Prepare(ItemContext context, ReadOnlyMemory<byte> payload)
    {
        poison.Pass();
        var text = Encoding.UTF8.GetString(payload.Span);
        if (text.Contains(poison.WithoutMemory, StringComparison.Ordinal) && poison.TakesMemory())
        {
            throw new InsufficientMemoryException("planted");
        }
        if (text.Contains(poison.InPrepare, StringComparison.Ordinal))
        {
            poison.Count();
            throw new FormatException("a bug in prepare");
        }
        return inner.Prepare(context, payload);
    }

    public async Task TakeInAsync(
        MetadataTransaction transaction,
        IReadOnlyList<PreparedItem> items,
        ICollection<IssueChange> changes,
        CancellationToken cancellation
    )
    {
        await inner.TakeInAsync(transaction, items, changes, cancellation);
        if (items.Any(item => item.Sighting!.Title.Contains(poison.InTakeIn, StringComparison.Ordinal)))
        {
            throw new FormatException("a bug in take in");
        }
    }
}
