using System.IO.Compression;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Tocsin.Server.Api;

/// <summary>
/// Reads bodies that come with <c>Content-Encoding: gzip</c>. They are inflated as the handler reads them, that is behind the gate, and to no more
/// bytes than a plain body may have.
/// </summary>
sealed class CompressedBodies(RequestDelegate next)
{
    const long UsualLimit = 30_000_000;

    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var isGzip = string.Equals(request.Headers.ContentEncoding, "gzip", StringComparison.OrdinalIgnoreCase);
        if (!isGzip || !request.Path.StartsWithSegments("/api/0"))
        {
            await next(context);
            return;
        }
        var limit = context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? UsualLimit;
        await using var plain = new GzipBody(request.Body, limit);
        request.Body = plain;
        request.Headers.Remove(HeaderNames.ContentEncoding);
        request.ContentLength = null;
        await next(context);
    }

    /// <summary>What a handler reads: forward only, and never waiting on a thread.</summary>
    sealed class GzipBody(Stream body, long limit) : Stream
    {
        readonly GZipStream gzip = new(body, CompressionMode.Decompress, leaveOpen: true);
        long inflated;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read;
            try
            {
                read = await gzip.ReadAsync(buffer, cancellationToken);
            }
            catch (InvalidDataException)
            {
                throw new UnreadableBody(ApiError.BadRequest("The body is not gzip, as its Content-Encoding says."));
            }
            inflated += read;
            return inflated <= limit
                ? read
                : throw new UnreadableBody(
                    new(StatusCodes.Status413PayloadTooLarge, $"The body is larger than {limit} bytes when it is inflated.")
                );
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override async ValueTask DisposeAsync()
        {
            await gzip.DisposeAsync();
            await base.DisposeAsync();
        }
    }
}

/// <summary>A body that ends the request in the middle of its reading. The framework answers all that it knows of with a bare status.</summary>
sealed class UnreadableBody(ApiError answer) : Exception(answer.Detail)
{
    public ApiError Answer { get; } = answer;
}
