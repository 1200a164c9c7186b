using System.Text;

namespace Protocol.Tests.Samples;

/// <summary>A second, naive reading of good protobuf: every field as number and bytes, numbers as eight bytes.</summary>
sealed class NaiveProto(byte[] bytes)
{
    public IEnumerable<(int Field, byte[] Content)> Fields()
    {
        var at = 0;
        while (at < bytes.Length)
        {
            var tag = Varint(ref at);
            byte[] content;
            switch (tag & 7)
            {
                case 0:
                    content = BitConverter.GetBytes(Varint(ref at));
                    break;
                case 1:
                    content = bytes[at..(at += 8)];
                    break;
                case 2:
                    var length = (int)Varint(ref at);
                    content = bytes[at..(at += length)];
                    break;
                case 5:
                    content = bytes[at..(at += 4)];
                    break;
                default:
                    throw new NotSupportedException();
            }
            yield return ((int)(tag >> 3), content);
        }
    }

    public IEnumerable<NaiveProto> All(params int[] path) =>
        path.Aggregate(
            (IEnumerable<NaiveProto>)[this],
            (messages, field) =>
                messages.SelectMany(message =>
                    message.Fields().Where(each => each.Field == field).Select(each => new NaiveProto(each.Content))
                )
        );

    public byte[]? One(int field) => Fields().Where(each => each.Field == field).Select(each => each.Content).LastOrDefault();

    public string? Text(int field) => One(field) is { } content ? Encoding.UTF8.GetString(content) : null;

    public string? Hex(int field) => One(field) is { Length: > 0 } content ? Convert.ToHexStringLower(content) : null;

    public ulong Number(int field) => One(field) is { } content ? BitConverter.ToUInt64(content) : 0;

    ulong Varint(ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            value |= (ulong)(bytes[at] & 0x7F) << shift;
            if (bytes[at++] < 0x80)
            {
                return value;
            }
        }
    }
}
