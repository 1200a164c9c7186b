using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Tocsin.Telemetry.DuckDb;

/// <summary>
/// What can be known of a file before DuckDB opens it: it begins with three headers of 4096 bytes, each behind its checksum. Its length says
/// nothing more: blocks that are counted but were never used may be missing at its end. Every other block DuckDB checks when it reads it.
/// </summary>
static class FileCheck
{
    const int HeaderSize = 4096;
    const int Headers = 3;

    const int TooManyOpenFilesInAll = 23;
    const int TooManyOpenFiles = 24;

    /// <summary>Null when nothing is wrong, else what is.</summary>
    /// <exception cref="IOException">It cannot be opened now, and may be as good as it was.</exception>
    public static string? Examine(string path)
    {
        try
        {
            return ExamineHeaders(path);
        }
        catch (IOException failure) when (failure.HResult is not (TooManyOpenFiles or TooManyOpenFilesInAll))
        {
            return $"the file cannot be read: {failure.Message}";
        }
    }

    static string? ExamineHeaders(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var length = RandomAccess.GetLength(file);
        if (length < Headers * HeaderSize)
        {
            return $"the file is cut off after {length} bytes, within its headers";
        }
        var headers = new byte[Headers * HeaderSize];
        RandomAccess.Read(file, headers, 0);
        if (!headers.AsSpan(8, 4).SequenceEqual("DUCK"u8))
        {
            return "the file is not DuckDB's: its signature is missing";
        }
        for (var header = 0; header < Headers; header++)
        {
            if (!IsIntact(headers.AsSpan(header * HeaderSize, HeaderSize)))
            {
                return $"the checksum of header {header} does not match";
            }
        }
        return null;
    }

    /// <summary>
    /// Headers, length and the time of the last write, hashed: another one after every checkpoint, as each writes a header, and for another
    /// file, whose headers may be the same.
    /// </summary>
    public static string Fingerprint(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        const int End = Headers * HeaderSize;
        var bytes = new byte[End + (2 * sizeof(long))];
        RandomAccess.Read(file, bytes.AsSpan(0, End), 0);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(End), RandomAccess.GetLength(file));
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(End + sizeof(long)), File.GetLastWriteTimeUtc(file).Ticks);
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    static bool IsIntact(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt64LittleEndian(header) == Checksum(header[8..]);

    /// <summary>DuckDB's checksum of whole 8-byte words.</summary>
    internal static ulong Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = 5381ul;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            sum ^= BinaryPrimitives.ReadUInt64LittleEndian(bytes) * 0xbf58476d1ce4e5b9ul;
        }
        return sum;
    }
}
