namespace Tocsin.Server.Traces.Groups;

/// <summary>A text that is written, looked at and taken back, used again for the next one: not a builder, whose every look back makes a text.</summary>
sealed class TextBuffer
{
    const int Usual = 512;
    const int LargestKept = 32 << 10;

    char[] room = new char[Usual];
    int length;

    /// <summary>A smaller one takes back what was written last.</summary>
    public int Length
    {
        get => length;
        set => length = value <= length ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    public void Clear()
    {
        length = 0;
        if (room.Length > LargestKept)
        {
            room = new char[Usual];
        }
    }

    public ReadOnlySpan<char> Written => room.AsSpan(0, length);

    public char this[int at] => Written[at];

    public void Append(char letter)
    {
        if (length == room.Length)
        {
            Grow(1);
        }
        room[length++] = letter;
    }

    public void Append(ReadOnlySpan<char> text)
    {
        if (text.Length > room.Length - length)
        {
            Grow(text.Length);
        }
        text.CopyTo(room.AsSpan(length));
        length += text.Length;
    }

    public bool EndsWith(ReadOnlySpan<char> text) => Written.EndsWith(text);

    void Grow(int by) => Array.Resize(ref room, Math.Max(length + by, 2 * length));
}
