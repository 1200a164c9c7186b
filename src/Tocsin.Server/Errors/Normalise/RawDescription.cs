using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>Reads name, version and build from what a runtime or system says of itself (<c>raw_description</c>).</summary>
static partial class RawDescription
{
    static readonly (string Context, Regex Pattern, string Name)[] Known =
    [
        ("runtime", DotNetFramework, ".NET Framework"),
        ("runtime", DotNetCore, ".NET Core"),
        ("runtime", DotNet, ".NET"),
        ("runtime", Mono, "Mono"),
        ("os", Windows, "Windows"),
        ("os", MacOs, "macOS"),
        ("os", Darwin, "Darwin"),
        ("os", Android, "Android"),
        ("os", Linux, "Linux"),
    ];

    /// <summary>Leaves what is there; changes nothing for a text, or a kind of context, that it does not know.</summary>
    public static void Fill(JsonObject context, string kind)
    {
        if (context["name"] is not null || context["raw_description"]?.GetValueKind() != JsonValueKind.String)
        {
            return;
        }
        var raw = context["raw_description"]!.GetValue<string>().Trim();
        foreach (var known in Known)
        {
            if (known.Context == kind && known.Pattern.Match(raw) is { Success: true } match)
            {
                context["name"] = known.Name;
                Add(context, "version", match.Groups["version"].Value);
                Add(context, "build", match.Groups["build"].Value);
                return;
            }
        }
    }

    static void Add(JsonObject context, string key, string value)
    {
        if (value.Length > 0 && context[key] is null)
        {
            context[key] = value;
        }
    }

    const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"^(?:Microsoft )?\.NET Framework (?<version>[0-9.]+)", Linear)]
    static partial Regex DotNetFramework { get; }

    [GeneratedRegex(@"^\.NET Core (?<version>[0-9][0-9A-Za-z.\-]*)", Linear)]
    static partial Regex DotNetCore { get; }

    [GeneratedRegex(@"^\.NET (?:Native )?(?<version>[0-9][0-9A-Za-z.\-]*)", Linear)]
    static partial Regex DotNet { get; }

    [GeneratedRegex(@"^Mono (?<version>[0-9.]+)", Linear)]
    static partial Regex Mono { get; }

    [GeneratedRegex(@"^(?:Microsoft )?Windows(?: NT)? (?<version>[0-9]+\.[0-9]+)(?:\.(?<build>[0-9]+))?", Linear)]
    static partial Regex Windows { get; }

    [GeneratedRegex(@"^(?:macOS|Mac OS X) (?<version>[0-9.]+)(?: \(?(?<build>[0-9A-Za-z]+)\)?)?", Linear)]
    static partial Regex MacOs { get; }

    [GeneratedRegex(@"^(?:Darwin|Unix) (?<version>[0-9.]+)", Linear)]
    static partial Regex Darwin { get; }

    [GeneratedRegex(@"^Android(?: OS)? (?<version>[0-9.]+)(?: / API-[0-9]+ \((?<build>[^)/]+))?", Linear)]
    static partial Regex Android { get; }

    [GeneratedRegex(@"^(?:Linux|[A-Za-z]+ [0-9.]+ LTS) (?<version>[0-9]+(?:\.[0-9]+)*)", Linear)]
    static partial Regex Linux { get; }
}
