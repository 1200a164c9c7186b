using System.Globalization;

namespace Bench.Load;

/// <summary>One figure per round; printed as the median and the range.</summary>
sealed class Figures
{
    readonly SortedDictionary<string, List<double>> rounds = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => rounds.Keys;

    public void Add(string name, double value)
    {
        if (!rounds.TryGetValue(name, out var values))
        {
            rounds.Add(name, values = []);
        }
        values.Add(value);
    }

    /// <summary>Of the same rounds, so that what disturbs one of them disturbs both sides.</summary>
    public void AddRatios(string name, string over, string under)
    {
        foreach (var (one, other) in rounds[over].Zip(rounds[under]))
        {
            Add(name, one / other);
        }
    }

    public void Print()
    {
        foreach (var (name, values) in rounds)
        {
            var sorted = values.Order().ToList();
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name, -52} median {sorted[sorted.Count / 2], 10:N2}   range {sorted[0], 10:N2} – {sorted[^1], 10:N2}   {sorted.Count} rounds"
                )
            );
        }
    }
}
