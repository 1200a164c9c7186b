using System.Runtime.CompilerServices;

namespace Server.Tests;

/// <summary>
/// Compares a text with the approved file beside the tests. On a difference the text received is written next to it, for a person to read
/// and to rename.
/// </summary>
static class Approved
{
    /// <param name="file">Below the test project.</param>
    public static void Matches(string file, string received, [CallerFilePath] string here = "")
    {
        var approved = Path.Combine(FindProject(), file);
        var text = File.Exists(approved) ? File.ReadAllText(approved) : "";
        var normalised = received.ReplaceLineEndings("\n");
        if (text.ReplaceLineEndings("\n") == normalised)
        {
            return;
        }
        var written = approved.Replace(".approved.", ".received.", StringComparison.Ordinal);
        File.WriteAllText(written, normalised);
        normalised.ShouldBe(text, $"see {Path.GetFileName(written)} (test in {Path.GetFileName(here)})");
    }

    static string FindProject()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Server.Tests.csproj")))
            {
                return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException("tests/Server.Tests");
    }
}
