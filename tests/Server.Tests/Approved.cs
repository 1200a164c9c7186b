using System.Runtime.CompilerServices;
using Server.Tests.House;

namespace Server.Tests;

/// <summary>
/// Texts that a person has read and approved. <c>TOCSIN_APPROVE=1</c> writes what the product says now; reading the difference
/// before the commit is the approval.
/// </summary>
static class Approved
{
    const int Shown = 40;

    /// <param name="file">Below the test project, or from the root with a slash in front.</param>
    public static void Matches(string file, string received, [CallerFilePath] string here = "")
    {
        var path = file.StartsWith('/') ? $"{Checkout.Root}{file}" : Path.Combine(Checkout.Root, "tests", "Server.Tests", file);
        var now = received.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("TOCSIN_APPROVE") == "1")
        {
            File.WriteAllText(path, now);
            return;
        }
        var approved = (File.Exists(path) ? File.ReadAllText(path) : "").ReplaceLineEndings("\n");
        if (approved == now)
        {
            return;
        }
        var gone = approved.Split('\n').Except(now.Split('\n')).Select(line => $"- {line}");
        var come = now.Split('\n').Except(approved.Split('\n')).Select(line => $"+ {line}");
        Assert.Fail(
            $"{file} differs (test in {Path.GetFileName(here)}). Run once with TOCSIN_APPROVE=1 and read the change:\n"
                + string.Join('\n', gone.Concat(come).Take(Shown))
        );
    }
}
