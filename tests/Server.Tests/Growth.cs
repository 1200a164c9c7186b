using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Server.Tests;

/// <summary>
/// Shows that work on a text takes time in proportion to its length, up to 1 MiB: twice the text, at most 2.8 times the time: collections of garbage
/// cost more where more is alive, and what is quadratic takes four times. Measured over three doublings at once, because one alone says more
/// about the processor's caches than about the work.
/// </summary>
static class Growth
{
    /// <summary>The tests that measure run one after the other, beside nothing else.</summary>
    public const string Alone = "alone";

    const int Largest = 1 << 20;
    const double Allowed = 2.8 * 2.8 * 2.8;

    public static void IsLinear<T>(Func<int, string> make, Func<string, T> work)
    {
        var part = make(Largest / 8);
        var whole = make(Largest);
        // Until the compiler is done with it, the same work takes several times as long.
        for (var i = 0; i < 2; i++)
        {
            work(part);
            work(whole);
        }
        var (ofPart, ofWhole) = (double.MaxValue, double.MaxValue);
        // Other programs share the processor: the best of several rounds is what the work itself takes.
        for (var round = 0; round < 2 || (round < 24 && ofWhole / ofPart > Allowed); round++)
        {
            ofPart = Math.Min(ofPart, Time(part, work));
            ofWhole = Math.Min(ofWhole, Time(whole, work));
        }
        (ofWhole / ofPart).ShouldBeLessThanOrEqualTo(Allowed);
    }

    /// <summary>At least 20 µs, so that work without measurable time counts as linear.</summary>
    static double Time<T>(string text, Func<string, T> work)
    {
        var started = Now();
        work(text);
        return Math.Max(20_000, Now() - started);
    }

    /// <summary>Nanoseconds this thread has run, where the system tells: waiting for others is not work.</summary>
    static double Now() =>
        OperatingSystem.IsLinux() && ClockGetTime(ThreadClock, out var time) == 0
            ? (time.Seconds * 1e9) + time.Nanoseconds
            : Stopwatch.GetElapsedTime(0).TotalNanoseconds;

    const int ThreadClock = 3;

    [DllImport("libc", EntryPoint = "clock_gettime")]
    static extern int ClockGetTime(int clock, out ClockTime time);

    [StructLayout(LayoutKind.Sequential)]
    readonly struct ClockTime
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}

[CollectionDefinition(Growth.Alone, DisableParallelization = true)]
public sealed class MeasuredAlone;
