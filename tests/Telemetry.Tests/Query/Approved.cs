using System.Runtime.CompilerServices;

namespace Telemetry.Tests.Query;

/// <summary>Compares a text with the approved file beside the test. A file that differs is answered by a <c>.received</c> one to look at.</summary>
static class Approved
{
    public static void Match(string received, string name, [CallerFilePath] string test = "")
    {
        var approved = Path.Combine(Path.GetDirectoryName(test)!, "Approved", name + ".sql");
        var answer = Path.ChangeExtension(approved, ".received.sql");
        var expected = File.Exists(approved) ? File.ReadAllText(approved).ReplaceLineEndings("\n") : "";
        if (expected == received)
        {
            File.Delete(answer);
            return;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(answer)!);
        File.WriteAllText(answer, received);
        received.ShouldBe(expected, $"{name}.sql is not what was approved; the text received lies beside it");
    }
}
