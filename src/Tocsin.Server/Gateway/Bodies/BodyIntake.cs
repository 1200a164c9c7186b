using System.IO.Pipelines;
using Tocsin.Protocol;

namespace Tocsin.Server.Gateway.Bodies;

/// <summary>Reads a request's body: keeps it as it comes and decodes it for a reader.</summary>
static class BodyIntake
{
    /// <summary>
    /// A smaller body waits undecoded until it is complete, so that thousands of slow clients hold no decoder each.
    /// </summary>
    const int DecodeFrom = 64 * 1024;

    public static async ValueTask<Refusal?> ReceiveAsync(
        PipeReader request,
        ReceivedBody body,
        IReadOnlyList<ContentCoding> codings,
        Inflation inflation,
        CancellationToken cancellation
    )
    {
        // The windows of the other codecs take up to 16 MiB: they are opened when nothing has to be waited for any more.
        var asItArrives = codings.All(coding => coding is ContentCoding.Gzip or ContentCoding.Deflate);
        while (true)
        {
            var read = await request.ReadAsync(cancellation);
            var refusal = body.Append(read.Buffer);
            request.AdvanceTo(read.Buffer.End);
            if (refusal is null && (read.IsCompleted || (asItArrives && body.Length >= DecodeFrom)))
            {
                refusal = body.PushTo(inflation);
            }
            if (refusal is not null)
            {
                return refusal;
            }
            if (read.IsCompleted)
            {
                return inflation.Complete();
            }
        }
    }
}
