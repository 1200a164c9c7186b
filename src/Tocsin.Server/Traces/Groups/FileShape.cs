using System.Buffers;

namespace Tocsin.Server.Traces.Groups;

/// <summary>
/// The path of a built file without what differs from build to build: the hash that bundlers put before the ending (<c>main-DzFq8x2K.js</c>,
/// <c>app.Ab3dEf9h.css.map</c>) and the build's id of Next.js. Hashes of hexadecimal digits are ids anywhere and gone already.
/// </summary>
static class FileShape
{
    /// <summary>Of esbuild, Vite and Rollup; webpack's are as long or longer.</summary>
    const int HashLength = 8;
    const int LongestHash = 32;
    const int LongestEnding = 6;
    const int LeastChanges = 4;

    static readonly SearchValues<char> Between = SearchValues.Create("-_");

    static readonly SearchValues<char> InHashes = SearchValues.Create(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
    );

    public static string Of(string path)
    {
        path = WithoutBuild(path);
        var slash = path.LastIndexOf('/') + 1;
        var ending = EndingOf(path, slash);
        if (ending == path.Length)
        {
            return path;
        }
        var name = path.AsSpan(slash, ending - slash);
        var hash = HashIn(name);
        return hash < 0 ? path : string.Concat(path.AsSpan(0, slash + hash), "*", path.AsSpan(ending));
    }

    /// <summary><c>/_next/static/k3Jx…/_buildManifest.js</c>: beside the folders that every build has, the folder is the build's.</summary>
    static string WithoutBuild(string path)
    {
        const string folder = "/_next/static/";
        var at = path.IndexOf(folder, StringComparison.Ordinal);
        if (at < 0)
        {
            return path;
        }
        at += folder.Length;
        var end = path.IndexOf('/', at);
        return end < 0 || path.AsSpan(at, end - at) is "chunks" or "css" or "media" or "development" or "*"
            ? path
            : string.Concat(path.AsSpan(0, at), "*", path.AsSpan(end));
    }

    /// <summary>Where the endings begin (<c>.js</c>, <c>.css.map</c>, <c>.min.js</c>); the path's length when there is none.</summary>
    static int EndingOf(string path, int slash)
    {
        var ending = path.Length;
        for (var dot = path.LastIndexOf('.'); dot > slash; dot = path.LastIndexOf('.', dot - 1))
        {
            var part = path.AsSpan(dot + 1, ending - dot - 1);
            if (part.Length is 0 or > LongestEnding || part.ContainsAnyExcept(Endings))
            {
                break;
            }
            ending = dot;
        }
        return ending;
    }

    static readonly SearchValues<char> Endings = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>Where the hash at the name's end begins; -1: there is none.</summary>
    static int HashIn(ReadOnlySpan<char> name)
    {
        var at = name.Length - HashLength;
        if (at > 0 && name[at - 1] is '-' or '.' && !name[at..].ContainsAnyExcept(InHashes) && !AreWords(name[at..]))
        {
            return at;
        }
        var last = name.LastIndexOfAny('-', '.', '_') + 1;
        return last > 0 && name.Length - last is > HashLength and <= LongestHash && IsMixed(name[last..]) ? last : -1;
    }

    static bool AreWords(ReadOnlySpan<char> text)
    {
        foreach (var part in text.SplitAny(Between))
        {
            if (!IsWord(text[part]))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary><c>composer</c>, <c>dataGrid</c>, <c>base64js</c>, <c>legacy2</c>: small letters, humps of at least three, few digits together.</summary>
    static bool IsWord(ReadOnlySpan<char> text)
    {
        var (letters, digits, runs) = (0, 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (char.IsAsciiDigit(letter))
            {
                runs += i == 0 || !char.IsAsciiDigit(text[i - 1]) ? 1 : 0;
                digits++;
            }
            else if (char.IsAsciiLetterUpper(letter))
            {
                if (i + 2 >= text.Length || !char.IsAsciiLetterLower(text[i + 1]) || !char.IsAsciiLetterLower(text[i + 2]))
                {
                    return false;
                }
                letters++;
            }
            else
            {
                letters++;
            }
        }
        return runs <= 1 && digits <= 2 && letters > 0;
    }

    /// <summary>Letters and digits that take turns as in no word.</summary>
    static bool IsMixed(ReadOnlySpan<char> text)
    {
        var (digits, changes, before) = (0, 0, -1);
        foreach (var letter in text)
        {
            var kind =
                char.IsAsciiDigit(letter) ? 0
                : char.IsAsciiLetterUpper(letter) ? 1
                : char.IsAsciiLetterLower(letter) ? 2
                : 3;
            if (kind == 3)
            {
                return false;
            }
            digits += kind == 0 ? 1 : 0;
            changes += before >= 0 && kind != before ? 1 : 0;
            before = kind;
        }
        return digits > 1 && changes >= LeastChanges;
    }
}
