namespace Tocsin.Server.Explore.Vocabulary;

/// <summary>
/// Puts attributes in the order of what they tell of some spans against others. An attribute whose values lie far apart tells much, but so does
/// every id, of which no two are equal: so it counts as well how few values the first spans have. Both orders are fused by reciprocal ranks
/// (Cormack, Clarke and Büttcher, SIGIR 2009).
/// </summary>
static class Ranking
{
    /// <summary>As the paper has it: the first places are not all that counts.</summary>
    const int Smoothing = 60;

    /// <summary>Spans below which a share tells nothing.</summary>
    const double Fewest = 3;

    public static IReadOnlyList<RankedAttribute> Of(AttributeValues first, AttributeValues second)
    {
        var pairs = first
            .Attributes.Keys.Union(second.Attributes.Keys)
            .Select(name => new Pair(name, first, second))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .ToList();
        var apart = Places(pairs, pair => pair.Divergence);
        var few = Places(pairs, pair => -pair.Entropy);
        var grown = Places(pairs.Where(pair => pair.Growth > 1), pair => pair.Growth);
        return
        [
            .. pairs
                .OrderByDescending(pair => Fused(apart[pair.Name]) + Fused(few[pair.Name]))
                .Select(
                    (pair, place) =>
                        new RankedAttribute(
                            pair.Name,
                            first.MostFrequent(pair.Name),
                            second.MostFrequent(pair.Name),
                            new(place, grown.TryGetValue(pair.Name, out var rank) ? rank : null)
                        )
                ),
        ];
    }

    /// <summary>The highest first; equal ones share a place.</summary>
    static Dictionary<string, int> Places(IEnumerable<Pair> pairs, Func<Pair, double> score)
    {
        const double equal = 1e-9;
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var (last, place) = (double.NaN, 0);
        foreach (var pair in pairs.OrderByDescending(score))
        {
            place = last - score(pair) <= equal ? place : places.Count;
            last = score(pair);
            places[pair.Name] = place;
        }
        return places;
    }

    static double Fused(int place) => 1.0 / (Smoothing + place + 1);

    /// <summary>One attribute in both; spans without it have one value more, which is "none".</summary>
    sealed class Pair
    {
        public Pair(string name, AttributeValues first, AttributeValues second)
        {
            Name = name;
            var (one, other) = (Shares(name, first), Shares(name, second));
            foreach (var value in one.Keys.Union(other.Keys))
            {
                var (p, q) = (one.GetValueOrDefault(value), other.GetValueOrDefault(value));
                Divergence += (Information(p, (p + q) / 2) + Information(q, (p + q) / 2)) / 2;
                Entropy += Information(p, 1) * -1;
                if (p * first.Weight >= Fewest)
                {
                    // A value that none of the others has may still be a rare one: counted as half a span.
                    Growth = Math.Max(Growth, p / Math.Max(q, 0.5 / Math.Max(1, second.Weight)));
                }
            }
        }

        public string Name { get; }

        /// <summary>Of Jensen and Shannon: 0 where the shares are equal, ln 2 where no value is common.</summary>
        public double Divergence { get; }

        /// <summary>Of the first: 0 where all have one value.</summary>
        public double Entropy { get; }

        /// <summary>How many times its share among the others one of its values has, at most.</summary>
        public double Growth { get; }

        static double Information(double share, double against) => share == 0 ? 0 : share * Math.Log(share / against);

        static Dictionary<string, double> Shares(string name, AttributeValues of)
        {
            var shares = of.Attributes.TryGetValue(name, out var values)
                ? values.ToDictionary(value => value.Key, value => value.Value / of.Weight, StringComparer.Ordinal)
                : [];
            // No value is the empty text.
            shares[""] = Math.Max(0, 1 - shares.Values.Sum());
            return shares;
        }
    }
}
