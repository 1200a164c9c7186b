using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.InApp;

/// <summary>A frame as the rules see it: texts folded once, although many rules look at them, and only if one does. InApp and Category change as rules apply.</summary>
sealed class FrameFacts(Frame frame, string? eventPlatform)
{
    RuleSieve? sieve;
    FrameSigns signs;

    public string Family { get; } = PlatformFamily.Of(frame.Platform ?? eventPlatform);

    /// <summary>Lower case, with slashes, and beginning with one so that <c>**/x/**</c> finds a relative path too.</summary>
    public string? Path => field ??= Fold(frame.AbsPath ?? frame.Filename);
    public string? Package => field ??= Fold(frame.Package);
    public string? Module { get; } = frame.Module;
    public string? Function { get; } = frame.Function;
    public bool? InApp { get; set; } = frame.InApp;
    public string? Category { get; set; } =
        frame.Data?["category"]?.GetValueKind() == System.Text.Json.JsonValueKind.String
            ? frame.Data["category"]!.GetValue<string>()
            : null;

    /// <summary>Kept, because in-app detection and grouping ask the same sieve.</summary>
    public FrameSigns SignsBy(RuleSieve sieve)
    {
        if (this.sieve != sieve)
        {
            (this.sieve, signs) = (sieve, sieve.SignsOf(this));
        }
        return signs;
    }

    static string? Fold(string? path)
    {
        if (string.IsNullOrEmpty(path))
        {
            return null;
        }
        var folded = LowerCase.Of(path.Replace('\\', '/'));
        return folded[0] == '/' ? folded : "/" + folded;
    }
}

/// <summary>Sentry's coarse families, as <c>family:</c> matchers name them.</summary>
static class PlatformFamily
{
    public static string Of(string? platform) =>
        platform switch
        {
            "javascript" or "node" => "javascript",
            "objc" or "cocoa" or "swift" or "native" or "c" or "rust" => "native",
            _ => platform is null or "" ? "other" : platform,
        };

    /// <summary>Sentry's <c>other</c> means all that is neither JavaScript nor native; we also take a platform's own name.</summary>
    public static bool Is(string family, string wanted) =>
        wanted == "all" || wanted == family || (wanted == "other" && family is not ("javascript" or "native"));
}
