using Protocol.Tests.Samples;

namespace Server.Tests.Corpus;

/// <summary>The corpus, and after it, with our key, the exports that were captured with another server's.</summary>
public sealed class ReplayedTraces : IAsyncLifetime
{
    readonly ReplayedCorpus corpus = new();

    internal WholeServer Server => corpus.Server;

    public async ValueTask InitializeAsync()
    {
        await corpus.InitializeAsync();
        foreach (var foreign in Capture.All.Where(SentRequest.IsForeign).Where(capture => SentSpan.Of(capture).Any()))
        {
            (await SentRequest.WithKey(foreign).SendAsync(Server.Address)).Status.ShouldBe(200, $"{foreign}");
        }
        await Server.DrainAsync();
    }

    public ValueTask DisposeAsync() => corpus.DisposeAsync();
}
