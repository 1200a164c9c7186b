using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>Short texts at the top of an event: logger, transaction, culprit, and what moved to tags.</summary>
static class Names
{
    public static ErrorEvent Apply(ErrorEvent e, Circumstances around, NoteBook notes) =>
        e with
        {
            Logger = Logger(e.Logger, notes),
            Transaction = NotEmpty(notes.Limit(e.Transaction?.Trim(), 200, "transaction")),
            Culprit = NotEmpty(notes.Limit(e.Culprit?.Trim(), 200, "culprit")),
            Checksum = NotEmpty(notes.Limit(e.Checksum?.Trim(), 200, "checksum")),
            TimeSpent = TimeSpent(e.TimeSpent, notes),
        };

    public static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>Of a long name the last words say more than the first: <c>*orders.retry</c>.</summary>
    static string? Logger(string? name, NoteBook notes)
    {
        const int Longest = 64;
        name = name?.Trim();
        if (name is null or "")
        {
            return null;
        }
        if (name.AsSpan().ContainsAny('\r', '\n'))
        {
            notes.Dropped("logger", "invalid_data", name, "a logger's name has one line");
            return null;
        }
        if (name.Length <= Longest)
        {
            return name;
        }
        notes.Cut("logger", name.Length);
        var dot = name.IndexOf('.', name.Length - Longest);
        var from = dot < 0 || dot == name.Length - 1 ? name.Length - (Longest - 1) : dot + 1;
        // Half of a surrogate pair is read otherwise than it was written.
        return "*" + name[(char.IsLowSurrogate(name[from]) ? from + 1 : from)..];
    }

    static long? TimeSpent(long? milliseconds, NoteBook notes)
    {
        if (milliseconds is null or >= 0 and < int.MaxValue)
        {
            return milliseconds;
        }
        notes.Dropped("time_spent", "invalid_data", null);
        return null;
    }
}
