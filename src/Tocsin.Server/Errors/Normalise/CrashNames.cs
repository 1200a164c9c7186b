using System.Text.Json.Nodes;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>Names for the numbers of signals and Mach exceptions. The same number means different signals on Linux and on Apple's systems.</summary>
static class CrashNames
{
    static readonly string?[] Linux =
    [
        null,
        "SIGHUP",
        "SIGINT",
        "SIGQUIT",
        "SIGILL",
        "SIGTRAP",
        "SIGABRT",
        "SIGBUS",
        "SIGFPE",
        "SIGKILL",
        "SIGUSR1",
        "SIGSEGV",
        "SIGUSR2",
        "SIGPIPE",
        "SIGALRM",
        "SIGTERM",
        "SIGSTKFLT",
        "SIGCHLD",
        "SIGCONT",
        "SIGSTOP",
        "SIGTSTP",
        "SIGTTIN",
        "SIGTTOU",
        "SIGURG",
        "SIGXCPU",
        "SIGXFSZ",
        "SIGVTALRM",
        "SIGPROF",
        "SIGWINCH",
        "SIGIO",
        "SIGPWR",
        "SIGSYS",
    ];

    static readonly string?[] Apple =
    [
        null,
        "SIGHUP",
        "SIGINT",
        "SIGQUIT",
        "SIGILL",
        "SIGTRAP",
        "SIGABRT",
        "SIGEMT",
        "SIGFPE",
        "SIGKILL",
        "SIGBUS",
        "SIGSEGV",
        "SIGSYS",
        "SIGPIPE",
        "SIGALRM",
        "SIGTERM",
        "SIGURG",
        "SIGSTOP",
        "SIGTSTP",
        "SIGCONT",
        "SIGCHLD",
        "SIGTTIN",
        "SIGTTOU",
        "SIGIO",
        "SIGXCPU",
        "SIGXFSZ",
        "SIGVTALRM",
        "SIGPROF",
        "SIGWINCH",
        "SIGINFO",
        "SIGUSR1",
        "SIGUSR2",
    ];

    static readonly string?[] Mach =
    [
        null,
        "EXC_BAD_ACCESS",
        "EXC_BAD_INSTRUCTION",
        "EXC_ARITHMETIC",
        "EXC_EMULATION",
        "EXC_SOFTWARE",
        "EXC_BREAKPOINT",
        "EXC_SYSCALL",
        "EXC_MACH_SYSCALL",
        "EXC_RPC_ALERT",
        "EXC_CRASH",
        "EXC_RESOURCE",
        "EXC_GUARD",
        "EXC_CORPSE_NOTIFY",
    ];

    /// <summary>The same object when nothing is missing.</summary>
    public static JsonObject Fill(JsonObject meta, string? system)
    {
        var signals = IsApple(system) ? Apple : Linux;
        var signal = Missing(meta, "signal", "number", signals);
        var mach = Missing(meta, "mach_exception", "exception", Mach);
        if (signal is null && mach is null)
        {
            return meta;
        }
        var filled = (JsonObject)meta.DeepClone();
        if (signal is not null)
        {
            filled["signal"]!["name"] = signal;
        }
        if (mach is not null)
        {
            filled["mach_exception"]!["name"] = mach;
        }
        return filled;
    }

    static string? Missing(JsonObject meta, string part, string key, string?[] names) =>
        meta[part] is JsonObject crash
        && crash["name"] is null
        && crash[key] is JsonValue value
        && value.TryGetValue(out long number)
        && number > 0
        && number < names.Length
            ? names[number]
            : null;

    static bool IsApple(string? system) =>
        system is not null
        && (
            system.Contains("mac", StringComparison.OrdinalIgnoreCase)
            || system.Contains("darwin", StringComparison.OrdinalIgnoreCase)
            || system.EndsWith("OS", StringComparison.Ordinal)
        );
}
