using System.Globalization;
using Tocsin.Server.Gateway;

namespace Tocsin.Server.Hosting;

/// <summary>The setting that bounds the memory of the process, and what follows from it for what clients may send.</summary>
static class MemorySettings
{
    /// <summary>False: <paramref name="error"/> names what is wrong. Memory is null where nothing is set.</summary>
    public static bool TryRead(
        IReadOnlyDictionary<string, string> values,
        ref GatewayOptions gateway,
        out MemoryBudget? memory,
        out string? error
    )
    {
        memory = null;
        error = null;
        if (!values.TryGetValue(Setting.Memory.Variable, out var text))
        {
            return true;
        }
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size < MemoryBudget.LeastMiB)
        {
            error = $"{Setting.Memory.Variable} must be a whole number of MiB from {MemoryBudget.LeastMiB}, not '{text}'.";
            return false;
        }
        memory = new MemoryBudget((long)size << 20);
        if (memory.Limit(gateway, values.ContainsKey(Setting.MaxEnvelope.Variable), out error) is not { } limited)
        {
            return false;
        }
        gateway = limited;
        return true;
    }
}
