using System.Collections;

namespace Telemetry.Tests;

/// <summary>
/// A list that tells when somebody begins to read it: so a test stands between two steps of the store, which reads a batch while it commits it and
/// a query while it answers.
/// </summary>
sealed class Watched<T>(IReadOnlyList<T> items, Action read) : IReadOnlyList<T>
{
    public int Count => items.Count;

    public T this[int index]
    {
        get
        {
            read();
            return items[index];
        }
    }

    public IEnumerator<T> GetEnumerator()
    {
        read();
        return items.GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
