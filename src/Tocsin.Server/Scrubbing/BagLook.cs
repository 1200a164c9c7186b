using System.Text.Json;
using Tocsin.Server.Scrubbing.Patterns;

namespace Tocsin.Server.Scrubbing;

/// <summary>
/// One look over the text of a bag, of which most hold nothing to take out. It answers yes too often, never too seldom: what may hold something is
/// taken apart and looked at as <see cref="ScrubPass"/> does.
/// </summary>
static class BagLook
{
    const int InPlace = 512;

    /// <summary>Digits of a card.</summary>
    const int LongNumber = 15;

    /// <param name="json">An object as <see cref="Protocol.Events.RawBag"/> holds it.</param>
    public static bool MayHoldSecret(ReadOnlySpan<byte> json, ScrubRules rules)
    {
        if (rules.KnowsSafe)
        {
            return true;
        }
        Span<char> room = stackalloc char[InPlace];
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName when IsSecretName(Text(in reader, room), rules):
                case JsonTokenType.String when IsSecretText(Text(in reader, room), rules):
                case JsonTokenType.Number when reader.ValueSpan.Length >= LongNumber:
                    return true;
            }
        }
        return false;
    }

    static ReadOnlySpan<char> Text(ref readonly Utf8JsonReader reader, Span<char> room)
    {
        if (reader.ValueSpan.Length > room.Length)
        {
            return reader.GetString();
        }
        return room[..reader.CopyString(room)];
    }

    /// <summary>Below cookies there are other names.</summary>
    static bool IsSecretName(ReadOnlySpan<char> name, ScrubRules rules) =>
        rules.RuleOfKey(name) is not null || name.Equals("cookies", StringComparison.OrdinalIgnoreCase);

    static bool IsSecretText(ReadOnlySpan<char> text, ScrubRules rules) =>
        rules.RuleOfText(text) is not null || (TextLook.At(text) & rules.Triggers) != 0;
}
