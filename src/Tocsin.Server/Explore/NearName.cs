namespace Tocsin.Server.Explore;

/// <summary>Which of the known names was meant by one that is none of them.</summary>
static class NearName
{
    /// <summary>Null: none is near enough.</summary>
    public static string? Find(string written, IEnumerable<string> known)
    {
        // A letter wrong in four is a slip; more is another name.
        var reach = Math.Clamp(written.Length / 4, 1, 3);
        return known
            .Where(name => name != written)
            .Select(name => (Name: name, Distance: Distance(written, name)))
            .Where(pair => pair.Distance <= reach)
            .OrderBy(pair => pair.Distance)
            .Select(pair => pair.Name)
            .FirstOrDefault();
    }

    /// <summary>Letters that are missing, too many, wrong or exchanged with their neighbour. A name without what stands before its dot lacks one.</summary>
    static int Distance(string written, string name)
    {
        if (name.EndsWith($".{written}", StringComparison.OrdinalIgnoreCase))
        {
            return 1;
        }
        var (before, above, row) = (new int[name.Length + 1], new int[name.Length + 1], new int[name.Length + 1]);
        for (var at = 0; at <= name.Length; at++)
        {
            above[at] = at;
        }
        for (var i = 1; i <= written.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= name.Length; j++)
            {
                var wrong = Same(written[i - 1], name[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(above[j], row[j - 1]) + 1, above[j - 1] + wrong);
                if (i > 1 && j > 1 && Same(written[i - 1], name[j - 2]) && Same(written[i - 2], name[j - 1]))
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }
            (before, above, row) = (above, row, before);
        }
        return above[name.Length];
    }

    static bool Same(char first, char second) => char.ToLowerInvariant(first) == char.ToLowerInvariant(second);
}
