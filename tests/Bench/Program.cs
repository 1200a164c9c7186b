using Bench.Protocol;
using Bench.Telemetry;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

if (args is ["telemetry"])
{
    return await TelemetryBench.RunAsync();
}

// In this process: a benchmark project of its own for each run would have to restore packages.
var config = ManualConfig
    .Create(DefaultConfig.Instance)
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .WithArtifactsPath(Path.Combine("artifacts", "bench"));
BenchmarkSwitcher.FromAssembly(typeof(ReadingBench).Assembly).Run(args, config);
return 0;
