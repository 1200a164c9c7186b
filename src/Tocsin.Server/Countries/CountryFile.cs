using System.Text;

namespace Tocsin.Server.Countries;

/// <summary>
/// Reads a file in the MaxMind DB format (https://maxmind.github.io/MaxMind-DB/) that says countries. It is looked at from end to end here, so
/// that a wrong one is found at the start and a look-up cannot fail. The file is not needed afterwards and may be replaced.
/// </summary>
static class CountryFile
{
    public const string UsualName = "countries.mmdb";

    /// <summary>Files of countries have 4 to 16 MiB.</summary>
    const int Most = 64 << 20;

    /// <summary>Zero bytes between the tree and the data.</summary>
    const int Gap = 16;

    static readonly byte[] MetadataMark = [0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8];

    /// <param name="path">Of the file.</param>
    /// <param name="fault">What is wrong, to be read behind the path.</param>
    /// <returns>Null: something is wrong.</returns>
    public static CountryTable? Read(string path, out string? fault)
    {
        fault = null;
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > Most })
            {
                throw new InvalidDataException($"is larger than {Most >> 20} MiB; one that says countries alone is not");
            }
            return Open(File.ReadAllBytes(path));
        }
        catch (InvalidDataException wrong)
        {
            fault = wrong.Message;
        }
        catch (FileNotFoundException)
        {
            fault = "does not exist";
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            fault = $"cannot be read ({unreadable.Message})";
        }
        return null;
    }

    /// <exception cref="InvalidDataException">It is no such file. The message is read behind its name.</exception>
    static CountryTable Open(byte[] file)
    {
        var mark = file.AsSpan().LastIndexOf(MetadataMark);
        if (mark < 0)
        {
            throw new InvalidDataException("is no MaxMind DB file, or was cut off");
        }
        var metadata = new MaxMindReader(file.AsSpan(mark + MetadataMark.Length), 0);
        var (major, version) = (Number(metadata, "binary_format_major_version"u8), Number(metadata, "ip_version"u8));
        var (nodes, recordBits) = (Number(metadata, "node_count"u8), Number(metadata, "record_size"u8));
        if (major != 2 || version is not (4 or 6) || recordBits is not (24 or 28 or 32))
        {
            throw new InvalidDataException("is a MaxMind DB file of a kind that is not known here");
        }
        if (nodes == 0 || nodes > (ulong)file.Length || (nodes * (recordBits / 4)) + Gap > (ulong)mark)
        {
            throw new InvalidDataException("is damaged: its tree does not fit into it");
        }
        var treeLength = (int)(nodes * (recordBits / 4));
        var tree = new MaxMindTree(file[..treeLength], (uint)nodes, (int)recordBits, version == 6);
        var codes = Codes(tree, (uint)nodes, file.AsSpan((treeLength + Gap)..mark));
        var built = DateTimeOffset.UnixEpoch.AddSeconds(Math.Min(Number(metadata, "build_epoch"u8), uint.MaxValue));
        return new(tree, codes, DateOnly.FromDateTime(built.UtcDateTime));
    }

    static Dictionary<uint, string> Codes(MaxMindTree tree, uint nodes, ReadOnlySpan<byte> data)
    {
        var codes = new Dictionary<uint, string>();
        var named = new Dictionary<string, string>();
        foreach (var record in new HashSet<uint>(tree.Ends()))
        {
            if (record == nodes)
            {
                continue;
            }
            var at = (long)record - nodes - Gap;
            if (at < 0 || at >= data.Length)
            {
                throw new InvalidDataException("is damaged: its tree leads out of it");
            }
            if (Code(new(data, (int)at)) is { } code)
            {
                named.TryAdd(code, code);
                codes[record] = named[code];
            }
        }
        return codes.Count > 0 ? codes : throw new InvalidDataException("says no countries");
    }

    /// <summary>As MaxMind and those who follow it write it, or in a single field.</summary>
    static string? Code(MaxMindReader value)
    {
        var isNested = value.TryFind("country"u8, out var country) && country.TryFind("iso_code"u8, out country);
        if (!isNested && !value.TryFind("country_code"u8, out country))
        {
            return null;
        }
        var code = Encoding.UTF8.GetString(country.Text()).ToUpperInvariant();
        return code is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'] ? code : null;
    }

    static ulong Number(MaxMindReader metadata, ReadOnlySpan<byte> key) =>
        metadata.TryFind(key, out var value) ? value.Number() ?? 0 : 0;
}
