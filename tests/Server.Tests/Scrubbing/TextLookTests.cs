using Tocsin.Server.Scrubbing.Patterns;

namespace Server.Tests.Scrubbing;

public class TextLookTests
{
    // The last ones end, as codes, like a dash and an at sign.
    const string Characters = "aAZz019019--  .:=@/\\_é\u012D\u3A40";

    static readonly string[] Marks = ["/home/", "Users/", "Users\\", "-----BEGIN", "Bearer "];
    static readonly string[] SecretNames = ["passw", "pwd", "secret", "key", "token"];

    [Fact]
    public void A_quick_look_sees_what_a_slow_one_sees()
    {
        var random = new Random(3);
        string[] parts = [.. Marks, .. SecretNames, "DE89370400440532013000", "4111 1111 1111 1111", "078-05-1120", "10.0.0.1"];
        for (var round = 0; round < 20_000; round++)
        {
            var text = string.Concat(
                Enumerable
                    .Range(0, random.Next(1, 24))
                    .Select(_ =>
                        random.Next(20) == 0
                            ? parts[random.Next(parts.Length)]
                            : Characters[random.Next(Characters.Length)].ToString()
                    )
            );
            TextLook.At(text).ShouldBe(SlowLook(text), text);
        }
    }

    /// <summary>The traits as they are described, one character after the other.</summary>
    static TextTraits SlowLook(string text)
    {
        if (text.Length < 7)
        {
            return TextTraits.None;
        }
        var traits = text.Contains('@') ? TextTraits.At : TextTraits.None;
        traits |= Holds(text, Marks) ? TextTraits.Home | TextTraits.Key | TextTraits.Bearer : TextTraits.None;
        traits |= text.Any(c => c is '=' or ':') && Holds(text, SecretNames) ? TextTraits.Assignment : TextTraits.None;
        traits |= text.Contains(':') ? TextTraits.Address : TextTraits.None;
        var run = 0;
        for (var i = text.AsSpan().IndexOfAnyInRange('0', '9'); i >= 0 && i < text.Length; i++)
        {
            var c = text[i];
            run =
                char.IsAsciiDigit(c) ? run + 1
                : c is ' ' or '-' ? run
                : 0;
            traits |= run >= 15 ? TextTraits.ManyDigits : TextTraits.None;
            traits |= c is '.' ? TextTraits.Address : TextTraits.None;
            traits |= c is '-' && i >= 3 && text[i - 3] is '-' ? TextTraits.DashedDigits : TextTraits.None;
            traits |=
                i >= 3 && text[(i - 1)..(i + 1)].All(char.IsAsciiDigit) && text[(i - 3)..(i - 1)].All(char.IsAsciiLetterUpper)
                    ? TextTraits.CountryCode
                    : TextTraits.None;
        }
        return traits;
    }

    static bool Holds(string text, string[] words) => words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
