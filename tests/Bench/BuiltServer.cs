namespace Bench;

/// <summary>
/// The server as ./run starts it: out of its own output directory, where a release build is compiled ahead of time. What lies beside the
/// measurements is partly as the C# compiler made it.
/// </summary>
static class BuiltServer
{
    public static string Assembly { get; } =
        Path.Combine(
            AppContext.BaseDirectory.Replace(
                Path.Combine("tests", "Bench"),
                Path.Combine("src", "Tocsin.Server"),
                StringComparison.Ordinal
            ),
            "Tocsin.Server.dll"
        );
}
