using Bench.Telemetry;
using BenchmarkDotNet.Running;

switch (args)
{
    case ["telemetry"]:
        return await TelemetryBench.RunAsync();
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Bench.Protocol.ReadingBench).Assembly).Run(args);
        return 0;
}
