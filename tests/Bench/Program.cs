using Bench.Disk;
using Bench.Journal;
using Bench.Load;
using Bench.Pages;
using Bench.Pipeline;
using Bench.Protocol;
using Bench.Spans;
using Bench.Start;
using Bench.Telemetry;
using Bench.Yardsticks;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

switch (args)
{
    case ["journal"]:
        return await JournalBench.RunAsync();
    case ["pipeline", .. var of]:
        return await PipelineBench.RunAsync(of.Contains("load"), of.Contains("in-turn"));
    case ["preparation"]:
        return await PreparationBench.RunAsync();
    case ["preparation", "spans"]:
        return await SpanPreparationBench.RunAsync();
    case ["telemetry"]:
        return await TelemetryBench.RunAsync();
    case ["days", var millions]:
        return await DaysBench.RunAsync(long.Parse(millions, System.Globalization.CultureInfo.InvariantCulture));
    case ["spans", .. var rest]:
        return await SpanBench.RunAsync(
            rest is [var rows, ..] ? long.Parse(rows, null) : 10_000_000,
            rest is [_, var store] ? store : null
        );
    case ["closing"]:
        return await ClosingBench.RunAsync();
    case ["disk"]:
        return await new DiskBench(24_000, 2_400, 8_000).RunAsync(withTrial: true);
    case ["disk", var count, var issues, var users]:
        return await new DiskBench(int.Parse(count, null), int.Parse(issues, null), int.Parse(users, null)).RunAsync(
            withTrial: false
        );
    case ["pages", var spans, var days]:
        return await PageBench.RunAsync(long.Parse(spans, null), int.Parse(days, null));
    case ["pages", var spans, var days, var kept, .. var only]:
        return await PageBench.RunAsync(long.Parse(spans, null), int.Parse(days, null), kept, string.Concat(only));
    case ["start", .. var stored]:
        return await StartBench.RunAsync(stored is [var events] ? int.Parse(events, null) : 0);
    case ["backlog", .. var options]:
        return await BacklogBench.RunAsync(options);
    case ["closing-load", .. var options]:
        return await ClosingLoadBench.RunAsync(options);
    case ["overload", .. var options]:
        return await OverloadBench.RunAsync(options);
    case ["polite", var port, var project, var key]:
        return await PoliteSender.RunAsync(int.Parse(port, null), new(long.Parse(project, null), key));
    case ["load", .. var options]:
        return await LoadBench.RunAsync(options);
    case ["yardstick", "gateway", var port, var directory]:
        return await GatewayAlone.ServeAsync(port, directory);
    case ["yardstick", var kind, var port, var directory]:
        return await Yardstick.ServeAsync(kind, port, directory);
    case ["bare", var port]:
        return await StartBench.BareAsync(port);
}

// In this process: a benchmark project of its own for each run would have to restore packages.
var config = ManualConfig
    .Create(DefaultConfig.Instance)
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .WithArtifactsPath(Path.Combine("artifacts", "bench"));
BenchmarkSwitcher.FromAssembly(typeof(ReadingBench).Assembly).Run(args, config);
return 0;
