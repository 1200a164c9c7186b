using System.Globalization;
using System.Text;
using System.Text.Json;
using Tocsin.Protocol.Events;

namespace Tocsin.Protocol.Json;

/// <summary>
/// Collects the notes of one reading, and keeps the path to the current field as positions in the text, so that a path costs
/// nothing until a note needs it.
/// </summary>
sealed class FieldNotes
{
    /// <summary>An event with more faults than this is not read by anyone; the last note says how many are left out.</summary>
    const int Most = 200;
    const int LongestValue = 1024;

    /// <summary>As JSON text; each of its characters may be an escape of six.</summary>
    const int LongestText = 6 * LongestValue + 2;

    /// <summary>Of objects and lists in a value: it stands in the event at the end of its path, and with that must not be too deep for a reader.</summary>
    const int DeepestValue = 16;

    /// <summary>Names are as long as a client likes, and stand in the path of every note below them.</summary>
    const int LongestPath = 1024;

    readonly List<FieldNote> notes = [];
    Step[] steps = new Step[16];
    int leftOut;

    /// <summary>Objects and arrays entered.</summary>
    public int Depth { get; private set; }

    public void Enter()
    {
        if (Depth == steps.Length)
        {
            Array.Resize(ref steps, steps.Length * 2);
        }
        steps[Depth++] = new(null, 0, 0, -1);
    }

    public void Leave() => Depth--;

    public void At(int start, int length) => steps[Depth - 1] = new(null, start, length, -1);

    public void At(string name) => steps[Depth - 1] = new(name, 0, 0, -1);

    public void AtNext() => steps[Depth - 1] = steps[Depth - 1] with { Index = steps[Depth - 1].Index + 1 };

    public string Path(ReadOnlySpan<byte> json)
    {
        var path = new StringBuilder();
        foreach (var step in steps.AsSpan(0, Depth))
        {
            if (path.Length > 0)
            {
                path.Append('.');
            }
            if (step.Index >= 0)
            {
                path.Append(CultureInfo.InvariantCulture, $"{step.Index}");
            }
            else
            {
                path.Append(step.Name ?? Encoding.UTF8.GetString(json.Slice(step.Start, Math.Min(step.Length, LongestPath))));
            }
            if (path.Length >= LongestPath)
            {
                return path.ToString(0, LongestPath);
            }
        }
        return path.ToString();
    }

    /// <param name="value">The original as JSON text.</param>
    public void Add(string path, string kind, string value, string reason)
    {
        var isCut = value.Length > LongestValue;
        Add(new FieldNote(path, kind, isCut ? Begun(value) : value, isCut ? value.Length : null, Reason: reason));
    }

    public void Add(FieldNote note)
    {
        if (notes.Count < Most)
        {
            notes.Add(note.Value is { } value && !Fits(value) ? note with { Value = Begun(value) } : note);
        }
        else
        {
            leftOut++;
        }
    }

    public IReadOnlyList<FieldNote> ToList()
    {
        if (leftOut > 0)
        {
            notes.Add(
                new("", "invalid_data", Reason: string.Create(CultureInfo.InvariantCulture, $"{leftOut} more notes left out"))
            );
        }
        return notes;
    }

    /// <summary>The value's beginning, as a JSON string.</summary>
    static string Begun(string value)
    {
        var length = Math.Min(value.Length, LongestValue);
        length -= length > 0 && char.IsHighSurrogate(value[length - 1]) ? 1 : 0;
        return JsonSerializer.Serialize(value[..length]);
    }

    static bool Fits(string value) =>
        value is ['"', ..] ? value.Length <= LongestText : value.Length <= LongestValue && !IsDeep(value);

    static bool IsDeep(string json)
    {
        var depth = 0;
        var isQuoted = false;
        for (var i = 0; i < json.Length; i++)
        {
            var letter = json[i];
            if (isQuoted && letter == '\\')
            {
                i++;
            }
            else if (letter == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && letter is '[' or '{' && ++depth > DeepestValue)
            {
                return true;
            }
            else if (!isQuoted && letter is ']' or '}')
            {
                depth--;
            }
        }
        return false;
    }

    readonly record struct Step(string? Name, int Start, int Length, int Index);
}
