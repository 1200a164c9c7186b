using System.Reflection;
using System.Runtime.Loader;
using System.Text;

namespace Server.Tests.Fuzzing;

/// <summary>
/// The product's readers and this test assembly a second time in this process, with probes in every branch of what strangers' bytes run through.
/// The fuzzer itself runs in there; all other tests run the assemblies as they were built.
/// </summary>
sealed class Instrumented : AssemblyLoadContext
{
    /// <summary>What of each assembly the targets run through: the beginnings of full names.</summary>
    static readonly (string Assembly, string[] Probed)[] Rooms =
    [
        ("Tocsin.Protocol", ["Tocsin.Protocol."]),
        ("Tocsin.Telemetry", ["Tocsin.Telemetry.Query.Search.", "Tocsin.Telemetry.Query.Field"]),
        (
            "Tocsin.Server",
            [
                "Tocsin.Server.Errors.",
                "Tocsin.Server.Explore.Reading.",
                "Tocsin.Server.Gateway.Bodies.",
                "Tocsin.Server.Issues.",
                "Tocsin.Server.Pipeline.ClientReport",
                "Tocsin.Server.Pipeline.Columns.",
                "Tocsin.Server.Pipeline.Export",
                "Tocsin.Server.Pipeline.RowFormat",
                "Tocsin.Server.Pipeline.SpanFormat",
                "Tocsin.Server.Scrubbing.",
                "Tocsin.Server.Traces.",
            ]
        ),
        ("Server.Tests", [typeof(PlantedParser).FullName!]),
    ];

    static readonly Lazy<Instrumented> Loaded = new(() => new());

    readonly IReadOnlyList<(int, byte[])> words;
    readonly Func<string, int, int, bool, bool, IReadOnlyList<(int, byte[])>, (string?, int)> run;

    Instrumented()
    {
        var probes = new Probes();
        foreach (var (assembly, probed) in Rooms)
        {
            LoadFromStream(probes.Into(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"), probed));
        }
        words = [.. probes.Words.Select(word => (word.Block, Encoding.ASCII.GetBytes(word.Text)))];
        run = LoadFromAssemblyName(typeof(Fuzzer).Assembly.GetName())
            .GetType(typeof(Fuzzer).FullName!, throwOnError: true)!
            .GetMethod(nameof(Fuzzer.Run))!
            .CreateDelegate<Func<string, int, int, bool, bool, IReadOnlyList<(int, byte[])>, (string?, int)>>();
    }

    /// <summary>Fuzzes one target; see <see cref="Fuzzer"/>. Not for two threads at a time: the probes do not know of them.</summary>
    /// <returns>What was found, null for nothing, and how many edges of the readers' code were taken.</returns>
    public static (string? Find, int Edges) Fuzz(string target, int seed, int executions, bool led = true, bool poor = false) =>
        Loaded.Value.run(target, seed, executions, led, poor, Loaded.Value.words);

    /// <summary>Null: everything else is the one that all share.</summary>
    protected override Assembly? Load(AssemblyName name) => Assemblies.FirstOrDefault(one => one.GetName().Name == name.Name);
}
