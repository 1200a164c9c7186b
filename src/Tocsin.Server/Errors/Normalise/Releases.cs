using Tocsin.Protocol.Events;
using Tocsin.Server.Releases;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>Release, distribution and environment: names by which people navigate, so an illegal one is dropped, never bent.</summary>
static class Releases
{
    public static ErrorEvent Apply(ErrorEvent e, Circumstances around, NoteBook notes) =>
        e with
        {
            Release = Checked(e.Release ?? around.Release, "release", LegalNames.LongestRelease, LegalNames.ReleaseFault, notes),
            Dist = Checked(e.Dist, "dist", LegalNames.LongestDist, LegalNames.DistFault, notes),
            Environment = Checked(
                Names.NotEmpty(e.Environment) ?? around.Environment ?? TagOf(e),
                "environment",
                LegalNames.LongestEnvironment,
                LegalNames.EnvironmentFault,
                notes
            ),
        };

    static string? TagOf(ErrorEvent e) => e.Tags.FirstOrDefault(tag => tag.Key == "environment")?.Value;

    static string? Checked(string? name, string path, int longest, Func<string, string?> faultOf, NoteBook notes)
    {
        name = name?.Trim();
        if (string.IsNullOrEmpty(name))
        {
            return null;
        }
        if (name.Length > longest)
        {
            notes.Dropped(path, "value_too_long", name, $"longer than {longest} characters");
            return null;
        }
        if (faultOf(name) is { } fault)
        {
            notes.Dropped(path, "invalid_data", name, fault);
            return null;
        }
        return name;
    }
}
