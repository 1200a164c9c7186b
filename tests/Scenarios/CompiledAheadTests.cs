using System.Diagnostics;
using System.Reflection.PortableExecutable;
using Server.Tests.House;

namespace Scenarios;

/// <summary>What <c>build/ahead/ahead.targets</c> does to a release build, shown on a program of one line.</summary>
public sealed class CompiledAheadTests : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    readonly string directory = Directory.CreateTempSubdirectory("tocsin-ahead-").FullName;

    string Program => Path.Combine(directory, "bin", "Release", "net10.0", "Hello.dll");

    public CompiledAheadTests()
    {
        File.WriteAllText(
            Path.Combine(directory, "Hello.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <UseAppHost>false</UseAppHost>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <Import Project="{Path.Combine(Checkout.Root, "build", "ahead", "ahead.targets")}" />
            </Project>
            """
        );
        File.WriteAllText(Path.Combine(directory, "Hello.cs"), "System.Console.WriteLine(\"hello\");");
    }

    [Fact]
    public async Task A_release_build_is_compiled_ahead_once_where_the_compiler_can_be_had()
    {
        var first = await BuildAsync();
        var written = File.GetLastWriteTimeUtc(Program);
        var second = await BuildAsync();

        first.Code.ShouldBe(0, first.Output);
        second.Code.ShouldBe(0, second.Output);
        // Whether the machine has the compiler's package is its own affair; that the build did not say so is not.
        IsCompiledAhead(Program).ShouldBe(!first.Output.Contains("AHEAD1", StringComparison.Ordinal), first.Output);
        File.GetLastWriteTimeUtc(Program).ShouldBe(written);
        (await RunAsync([Program])).Output.Trim().ShouldBe("hello");
    }

    [Fact]
    public async Task A_release_build_goes_on_without_the_compiler_and_says_so_once()
    {
        var nothing = Directory.CreateDirectory(Path.Combine(directory, "nothing")).FullName;

        // An environment variable reaches the build within the build, too.
        var first = await BuildAsync(("AheadVersion", "0.0.1"), ("RestoreSources", nothing));
        var second = await BuildAsync(("AheadVersion", "0.0.1"), ("RestoreSources", nothing));

        first.Code.ShouldBe(0, first.Output);
        first.Output.ShouldContain("warning AHEAD1: ");
        first.Output.ShouldContain("cannot be had");
        second.Code.ShouldBe(0, second.Output);
        second.Output.ShouldNotContain("AHEAD1");
        IsCompiledAhead(Program).ShouldBeFalse();
        (await RunAsync([Program])).Output.Trim().ShouldBe("hello");
    }

    static bool IsCompiledAhead(string assembly)
    {
        using var reader = new PEReader(File.OpenRead(assembly));
        return reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
    }

    Task<(int Code, string Output)> BuildAsync(params (string Name, string Value)[] properties) =>
        RunAsync(
            ["build", "-c", "Release", "-v", "q", "--nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false"],
            properties
        );

    async Task<(int Code, string Output)> RunAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet {string.Join(' ', arguments)} does not end.");
        }
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);
}
