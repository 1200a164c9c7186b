namespace Tocsin.Server.Scrubbing.Patterns;

/// <summary>The body between the BEGIN and END lines of a key; to the end of the text when the END was cut off.</summary>
static class PemKey
{
    const string Begin = "-----BEGIN";
    const string End = "-----END";

    public static Found? Find(string text, int from)
    {
        while (text.IndexOf(Begin, from, StringComparison.Ordinal) is var begin and >= 0)
        {
            var header = text.IndexOf(
                "-----",
                begin + Begin.Length,
                Math.Min(64, text.Length - begin - Begin.Length),
                StringComparison.Ordinal
            );
            if (header < 0 || !IsKey(text.AsSpan(begin, header - begin)))
            {
                from = begin + Begin.Length;
                continue;
            }
            var body = header + "-----".Length;
            var end = text.IndexOf(End, body, StringComparison.Ordinal);
            end = end < 0 ? text.Length : end;
            if (end > body)
            {
                return new(body, end);
            }
            from = body;
        }
        return null;
    }

    static bool IsKey(ReadOnlySpan<char> header) =>
        header.EndsWith("KEY", StringComparison.Ordinal) || header.EndsWith("KEY BLOCK", StringComparison.Ordinal);
}
