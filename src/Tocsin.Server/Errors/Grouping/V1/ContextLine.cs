using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Grouping.V1;

/// <summary>The source line, where the language has no reliable function names. Moving a line must not make a new issue; editing it does.</summary>
static class ContextLine
{
    const int Longest = 120;

    public static FramePart Of(Frame frame, string platform)
    {
        if (platform is not ("javascript" or "node" or "python" or "php" or "ruby") || frame.ContextLine is not { } raw)
        {
            return default;
        }
        // One more than may count: enough to see that it is too much, whatever follows.
        Span<char> room = stackalloc char[Longest + 1];
        var words = room[..WordsOf(raw, room)];
        if (words.IsEmpty)
        {
            return default;
        }
        if (words.Length > Longest)
        {
            return FramePart.Ignored(words[..Longest].ToString(), "too long, probably minified");
        }
        var line = words.SequenceEqual(raw) ? raw : words.ToString();
        var fromAddress = platform == "javascript" && FrameFilename.IsUrl(frame.AbsPath ?? frame.Filename);
        return fromAddress && string.IsNullOrEmpty(frame.Function)
            ? FramePart.Ignored(line, "an address without a function")
            : FramePart.Counted(line);
    }

    /// <summary>The words with one blank between them, as far as there is room.</summary>
    static int WordsOf(string raw, Span<char> room)
    {
        var length = 0;
        var parted = false;
        foreach (var c in raw)
        {
            if (char.IsWhiteSpace(c))
            {
                parted = length > 0;
                continue;
            }
            if (parted && length < room.Length)
            {
                room[length++] = ' ';
            }
            if (length == room.Length)
            {
                break;
            }
            parted = false;
            room[length++] = c;
        }
        return length;
    }
}
