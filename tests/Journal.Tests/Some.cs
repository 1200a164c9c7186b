using System.Buffers;
using System.Text;
using Tocsin.Journal;

namespace Journal.Tests;

static class Some
{
    public static ReadOnlySequence<byte> Record(string text) => new(Encoding.UTF8.GetBytes(text));

    public static ReadOnlySequence<byte> Record(int bytes, int seed)
    {
        var payload = new byte[bytes];
        new Random(seed).NextBytes(payload);
        return new ReadOnlySequence<byte>(payload);
    }

    public static string Text(this JournalRecord record) => Encoding.UTF8.GetString(record.Bytes.Span);
}
