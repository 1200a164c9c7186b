using Tocsin.Journal.Files;

namespace Faults;

/// <summary>What goes wrong with a call.</summary>
public abstract record FileFault
{
    const int EIo = 5;

    FileFault() { }

    /// <summary>The call does nothing and fails as on a full disk.</summary>
    public static FileFault DiskFull { get; } = new Fails(FileFaults.DiskFull);

    /// <summary>The call does nothing and fails as on a broken device.</summary>
    public static FileFault BrokenDevice { get; } = new Fails(path => new IOException($"Input/output error: '{path}'", EIo));

    /// <summary>The call does nothing and says that it worked.</summary>
    public static FileFault Lie { get; } = new Lies();

    /// <summary>A write leaves this many bytes and fails as on a full disk.</summary>
    public static FileFault ShortWrite(int bytes) => new Shortens(bytes);

    /// <summary>The call works after this time.</summary>
    public static FileFault Slow(TimeSpan time) => new Delays(time);

    /// <summary>The call waits until the test lets it go on, then works.</summary>
    public static FileFault Held(ManualResetEventSlim gate) => new Holds(gate);

    internal sealed record Fails(Func<string, IOException> With) : FileFault;

    internal sealed record Lies : FileFault;

    internal sealed record Shortens(int Bytes) : FileFault;

    internal sealed record Delays(TimeSpan Time) : FileFault;

    internal sealed record Holds(ManualResetEventSlim Gate) : FileFault;
}
