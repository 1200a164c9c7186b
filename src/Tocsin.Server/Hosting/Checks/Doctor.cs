using System.Runtime.InteropServices;

namespace Tocsin.Server.Hosting.Checks;

/// <summary>
/// <c>doctor</c>: looks at everything a start needs and says what is wrong and how to mend it. It changes nothing and may run beside a server.
/// </summary>
static class Doctor
{
    /// <summary>In the order in which a start meets them.</summary>
    static readonly IReadOnlyList<Func<ServerOptions, CancellationToken, Task<Finding>>> Checks =
    [
        (_, _) => Task.FromResult(Runtime()),
        (_, _) => Task.FromResult(LibraryChecks.Zstd()),
        (_, _) => Task.FromResult(LibraryChecks.Deflate()),
        (options, cancellation) => LibraryChecks.DuckDbAsync(options, cancellation),
        (options, _) => Task.FromResult(Countries(options)),
        (options, _) => Task.FromResult(DirectoryChecks.Writable(options)),
        (options, _) => Task.FromResult(DirectoryChecks.FreeSpace(options)),
        (options, _) => Task.FromResult(DirectoryChecks.Lock(options)),
        PortCheck.RunAsync,
        MetadataCheck.RunAsync,
        (options, _) => Task.FromResult(DirectoryChecks.DamagedDays(options)),
    ];

    public static async Task<int> RunAsync(ServerOptions options, TextWriter output, CancellationToken cancellation)
    {
        var problems = 0;
        foreach (var check in Checks)
        {
            var finding = await check(options, cancellation);
            await output.WriteLineAsync($"{(finding.IsWell ? "ok  " : "BAD ")} {finding.Subject, -10} {finding.Fact}");
            if (finding.Remedy is { } remedy)
            {
                await output.WriteLineAsync($"     {"", -10} {remedy}");
                problems++;
            }
        }
        await output.WriteLineAsync(problems == 0 ? "All is well." : $"{problems} to mend.");
        return problems == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>A wrong file is a wrong setting, which ends the command before its checks.</summary>
    static Finding Countries(ServerOptions options) =>
        new(
            "countries",
            options.Countries is { Count: > 0 } known
                ? $"the file of {known.Built:yyyy-MM-dd} knows the addresses of {known.Count}"
                : $"none but those that clients state: no file is set with {Setting.GeoCountries.Variable}"
        );

    static Finding Runtime() =>
        new(
            "runtime",
            $"Tocsin {Product.Version} on {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}"
        );
}
