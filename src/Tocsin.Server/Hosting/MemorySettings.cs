namespace Tocsin.Server.Hosting;

/// <summary>The setting that bounds the memory of the process, and what follows from it for what clients may send.</summary>
static class MemorySettings
{
    public static ServerOptions Apply(SettingValues values, ServerOptions options)
    {
        if (values.Find(Setting.Memory) is null)
        {
            return options;
        }
        var least = MemoryBudget.LeastMiB;
        var memory = new MemoryBudget(
            values.Number(Setting.Memory, $"a whole number of MiB from {least}", least, int.MaxValue) << 20
        );
        if (memory.Limit(options.Gateway, values.Find(Setting.MaxEnvelope) is not null, out var collision) is { } gateway)
        {
            return options with { Memory = memory, Gateway = gateway };
        }
        values.Refuse(collision!);
        return options;
    }
}
