using Tocsin.Protocol;

namespace Tocsin.Server.Gateway.Bodies;

/// <summary>Reads a request's body: keeps it as it comes and, in its turn, decodes it for a reader.</summary>
static class BodyIntake
{
    /// <summary>
    /// A smaller body waits undecoded until it is complete, so that thousands of slow clients hold no decoder each.
    /// </summary>
    const int DecodeFrom = 64 * 1024;

    public static async ValueTask<Refusal?> ReceiveAsync(Arrival arrival, Inflation inflation)
    {
        var (request, body) = (arrival.Http.Request.BodyReader, arrival.OpenBody());
        // The windows of the other codecs take up to 16 MiB: they are opened when nothing has to be waited for any more.
        var asItArrives = arrival.Codings.All(coding => coding is ContentCoding.Gzip or ContentCoding.Deflate);
        while (true)
        {
            var read = await request.ReadAsync(arrival.Http.RequestAborted);
            var refusal = body.Append(read.Buffer);
            request.AdvanceTo(read.Buffer.End);
            if (refusal is null && (read.IsCompleted || (asItArrives && body.Length >= DecodeFrom)))
            {
                await arrival.TakeTurnAsync();
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
            arrival.GiveTurn();
        }
    }
}
