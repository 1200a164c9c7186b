using System.Globalization;

namespace Scenarios;

/// <summary>One server for all floods, with as much memory as the smallest machine gives it.</summary>
public sealed class FloodedServer : IAsyncLifetime
{
    public const int Memory = 768;

    public int Grpc { get; } = ServerProcess.FreePort();
    public ServerProcess Process { get; private set; } = null!;

    /// <summary>Who wants to send beside the floods; all that it ever got acknowledged is audited behind each.</summary>
    internal EventLoad Load { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Process = await ServerProcess.StartAsync(
            ("TOCSIN_MEMORY", Memory.ToString(CultureInfo.InvariantCulture)),
            ("TOCSIN_OTLP_GRPC", $"127.0.0.1:{Grpc}")
        );
        Load = new(Process);
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
