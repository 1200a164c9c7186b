using System.Diagnostics;
using System.Text;

namespace Bench.Load;

/// <summary>From an event's ack until the API finds it, sampled twice a second beside the load.</summary>
static class Freshness
{
    public static async Task<Latencies> RunAsync(ServedProcess product, CancellationToken stop)
    {
        var latencies = new Latencies();
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{product.Port}/") };
        while (!stop.IsCancellationRequested)
        {
            var id = Guid.NewGuid().ToString("n");
            using var content = new StringContent(
                $"{{\"event_id\":\"{id}\"}}\n{{\"type\":\"event\"}}\n{{\"message\":\"fresh\"}}\n",
                Encoding.UTF8,
                "application/x-sentry-envelope"
            );
            using var answer = await http.PostAsync(
                $"api/42/envelope/?sentry_key={Destination.First.Key}",
                content,
                CancellationToken.None
            );
            var acknowledged = Stopwatch.GetTimestamp();
            while (!await product.HasEventAsync(id))
            {
                await Task.Delay(10, CancellationToken.None);
            }
            latencies.Add(Stopwatch.GetElapsedTime(acknowledged));
            await Task.Delay(500, CancellationToken.None);
        }
        return latencies;
    }
}
