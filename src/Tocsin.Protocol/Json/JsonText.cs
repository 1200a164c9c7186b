using System.Text.Json;

namespace Tocsin.Protocol.Json;

/// <summary>
/// Compares a name or a text under the reader. The reader's own comparison throws where an escape is half a surrogate pair, which is legal JSON:
/// such a text is simply no name of ours.
/// </summary>
static class JsonText
{
    public static bool Is(ref readonly Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        try
        {
            return MayBe(in reader, text.Length) && reader.ValueTextEquals(text);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    public static bool Is(ref readonly Utf8JsonReader reader, ReadOnlySpan<char> text)
    {
        try
        {
            return MayBe(in reader, text.Length) && reader.ValueTextEquals(text);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Our names are ASCII, and an escape is six bytes for at least one: hardly ever is an escaped name even looked at.</summary>
    static bool MayBe(ref readonly Utf8JsonReader reader, int length) =>
        !reader.ValueIsEscaped || (reader.ValueSpan.Length >= length && reader.ValueSpan.Length <= length * 6);
}
