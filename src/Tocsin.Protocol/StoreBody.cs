using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;

namespace Tocsin.Protocol;

/// <summary>
/// The body of the legacy store endpoint, after its content encoding is undone: JSON, base64 of JSON, or base64 of zlib of JSON.
/// Whether it is an event is <see cref="Events.EventReader"/>'s to say.
/// </summary>
public static class StoreBody
{
    /// <param name="limit">Bytes of JSON; a body that unpacks to more is refused as too large, without unpacking it all.</param>
    /// <param name="json">A slice of the body where nothing had to be decoded.</param>
    public static bool TryDecode(
        ReadOnlyMemory<byte> body,
        int limit,
        [NotNullWhen(true)] out ReadOnlyMemory<byte>? json,
        [NotNullWhen(false)] out Refusal? refusal
    )
    {
        json = null;
        var text = Trim(body);
        if (text.IsEmpty)
        {
            refusal = Refusal.EmptyBody;
            return false;
        }
        if (text.Span[0] == '{' || !TryDecodeBase64(text.Span, out var decoded))
        {
            json = text;
        }
        else if (decoded.Length > 0 && decoded[0] == '{')
        {
            json = decoded;
        }
        else if (!TryInflate(decoded, limit, out json, out refusal))
        {
            return false;
        }
        refusal = json.Value.Length > limit ? Refusal.TooLarge(ItemType.Event) : null;
        return refusal is null;
    }

    /// <summary>The parameter <c>sentry_data</c> of the GET form, as it stands in the URL.</summary>
    public static bool TryDecodeQuery(
        ReadOnlySpan<char> value,
        int limit,
        [NotNullWhen(true)] out ReadOnlyMemory<byte>? json,
        [NotNullWhen(false)] out Refusal? refusal
    )
    {
        // A plus is both base64's and a query's way to write a space: JSON has spaces, base64 has none.
        var text = Uri.UnescapeDataString(value.ToString());
        var isJson = text.AsSpan().TrimStart(" +\t\r\n").StartsWith("{");
        return TryDecode(
            System.Text.Encoding.UTF8.GetBytes(isJson ? QueryText.Decode(value) : text),
            limit,
            out json,
            out refusal
        );
    }

    static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> body)
    {
        var mark = body.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        body = body[mark..];
        var start = body.Span.IndexOfAnyExcept(" \t\r\n"u8);
        return start < 0 ? ReadOnlyMemory<byte>.Empty : body[start..];
    }

    /// <summary>Either alphabet, broken into lines or not, with or without padding.</summary>
    static bool TryDecodeBase64(ReadOnlySpan<byte> text, out byte[] decoded)
    {
        var symbols = new byte[text.Length + 3];
        var count = 0;
        foreach (var symbol in text)
        {
            if (symbol is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'=')
            {
                continue;
            }
            symbols[count++] = symbol switch
            {
                (byte)'-' => (byte)'+',
                (byte)'_' => (byte)'/',
                _ => symbol,
            };
        }
        while (count % 4 != 0)
        {
            symbols[count++] = (byte)'=';
        }
        decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(count)];
        var valid = Base64.DecodeFromUtf8(symbols.AsSpan(0, count), decoded, out _, out var written) == OperationStatus.Done;
        Array.Resize(ref decoded, valid ? written : 0);
        return valid;
    }

    static bool TryInflate(
        byte[] compressed,
        int limit,
        [NotNullWhen(true)] out ReadOnlyMemory<byte>? json,
        [NotNullWhen(false)] out Refusal? refusal
    )
    {
        json = null;
        try
        {
            using var inflating = new ZLibStream(new MemoryStream(compressed), CompressionMode.Decompress);
            using var inflated = new MemoryStream();
            var buffer = new byte[16 * 1024];
            for (int read; (read = inflating.Read(buffer)) > 0; )
            {
                inflated.Write(buffer, 0, read);
                if (inflated.Length > limit)
                {
                    refusal = Refusal.TooLarge(ItemType.Event);
                    return false;
                }
            }
            json = inflated.GetBuffer().AsMemory(0, (int)inflated.Length);
            refusal = json.Value.IsEmpty ? Refusal.EmptyBody : null;
            return refusal is null;
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            // The second kind is zlib's own: a body that asks for a dictionary, which nobody gave us.
            refusal = Refusal.InvalidJson("neither an object nor one in zlib and base64");
            return false;
        }
    }
}
