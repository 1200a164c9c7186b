namespace Server.Tests.Fuzzing;

/// <summary>Where values lie in JSON, in searches and in whatever else has quotes and brackets, in one piece or not.</summary>
static class Values
{
    /// <summary>The first value that begins at or behind a place: a string, or brackets with all in them. Null: none, or it does not end.</summary>
    public static Range? At(ReadOnlySpan<byte> text, int place)
    {
        var from = text[place..].IndexOfAny("\"{[("u8);
        if (from < 0)
        {
            return null;
        }
        from += place;
        var depth = 0;
        for (var at = from; at < text.Length; at++)
        {
            switch (text[at])
            {
                case (byte)'"':
                    at = EndOfString(text, at);
                    break;
                case (byte)'{' or (byte)'[' or (byte)'(':
                    depth++;
                    break;
                case (byte)'}' or (byte)']' or (byte)')':
                    depth--;
                    break;
            }
            if (depth <= 0)
            {
                return from..Math.Min(at + 1, text.Length);
            }
        }
        return null;
    }

    static int EndOfString(ReadOnlySpan<byte> text, int quote)
    {
        for (var at = quote + 1; at < text.Length; at++)
        {
            if (text[at] == (byte)'\\')
            {
                at++;
            }
            else if (text[at] == (byte)'"')
            {
                return at;
            }
        }
        return text.Length;
    }
}
