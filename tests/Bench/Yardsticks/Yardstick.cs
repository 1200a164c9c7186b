using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Bench.Yardsticks;

/// <summary>
/// The least that a server must do for the same promise, each as small as it can be: <c>a</c> drains the body and answers; <c>b</c> also has it
/// on disk before the answer, with one sync for all that wait; <c>c</c> also inflates it and reads every JSON token.
/// </summary>
static class Yardstick
{
    public static async Task<int> ServeAsync(string kind, string port, string directory)
    {
        await using var log = kind == "a" ? null : new GroupCommitLog(Path.Combine(directory, "log"));
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder
            .WebHost.UseKestrelCore()
            .UseUrls($"http://127.0.0.1:{port}")
            .ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        await using var app = builder.Build();
        app.Run(http => AnswerAsync(http, log, reads: kind == "c"));
        await app.RunAsync();
        return 0;
    }

    static async Task AnswerAsync(HttpContext http, GroupCommitLog? log, bool reads)
    {
        var length = (int)(http.Request.ContentLength ?? 0);
        var body = ArrayPool<byte>.Shared.Rent(Math.Max(1, length));
        try
        {
            var filled = 0;
            while (true)
            {
                var read = await http.Request.BodyReader.ReadAsync();
                read.Buffer.CopyTo(body.AsSpan(filled));
                filled += (int)read.Buffer.Length;
                http.Request.BodyReader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    break;
                }
            }
            if (reads)
            {
                Read(body.AsMemory(0, filled));
            }
            if (log is not null)
            {
                await log.AppendAsync(body.AsMemory(0, filled));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body);
        }
        http.Response.ContentLength = 2;
        await http.Response.Body.WriteAsync("{}"u8.ToArray());
    }

    /// <summary>Every token of every line.</summary>
    static void Read(ReadOnlyMemory<byte> packed)
    {
        using var gzip = new GZipStream(new ReadOnlyStream(packed), CompressionMode.Decompress);
        var room = ArrayPool<byte>.Shared.Rent(256 * 1024);
        var filled = 0;
        try
        {
            for (int read; (read = gzip.Read(room, filled, room.Length - filled)) > 0; )
            {
                filled += read;
                if (filled == room.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent(room.Length * 2);
                    room.AsSpan(0, filled).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(room);
                    room = larger;
                }
            }
            var reader = new Utf8JsonReader(room.AsSpan(0, filled), new() { AllowMultipleValues = true });
            while (reader.Read()) { }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    sealed class ReadOnlyStream(ReadOnlyMemory<byte> bytes) : Stream
    {
        int at;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => bytes.Length;

        public override long Position
        {
            get => at;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(buffer.Length, bytes.Length - at);
            bytes.Span.Slice(at, count).CopyTo(buffer);
            at += count;
            return count;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
