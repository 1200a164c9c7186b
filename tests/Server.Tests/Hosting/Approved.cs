namespace Server.Tests.Hosting;

/// <summary>
/// Texts that a person has read and approved. <c>TOCSIN_APPROVE=1</c> writes what the product says now; reading the difference is
/// the approval.
/// </summary>
static class Approved
{
    public static async Task ShouldBeAsync(string actual, params string[] path)
    {
        var file = Path.Combine([Repository.Root, .. path]);
        if (Environment.GetEnvironmentVariable("TOCSIN_APPROVE") == "1")
        {
            await File.WriteAllTextAsync(file, actual);
            return;
        }
        File.Exists(file).ShouldBeTrue($"{string.Join('/', path)} is missing; run once with TOCSIN_APPROVE=1.");
        var approved = (await File.ReadAllTextAsync(file)).Split('\n');
        var now = actual.Split('\n');
        var difference = string.Join(
            '\n',
            approved.Except(now).Select(line => $"- {line}").Concat(now.Except(approved).Select(line => $"+ {line}")).Take(40)
        );
        now.ShouldBe(approved, $"{string.Join('/', path)} differs; run with TOCSIN_APPROVE=1 and read the change.\n{difference}");
    }
}
