using System.Buffers;

namespace Tocsin.Server.Errors.InApp;

/// <summary>What of a frame holds a piece of text that some rule asks for.</summary>
[Flags]
enum FrameSigns
{
    None = 0,
    Path = 1,
    Package = 2,
    Module = 4,
    Function = 8,
}

/// <summary>A rule, and the one sign without which no frame can match it; none: any frame may.</summary>
readonly record struct SievedRule(StackRule Rule, FrameSigns Needs);

/// <summary>
/// Which of some rules a frame may match at all. Most rules ask for a piece of text (<c>/node_modules/</c>) that most frames are without: all
/// pieces are sought at once, where each rule by itself would look for its own.
/// </summary>
sealed class RuleSieve
{
    readonly SearchValues<string>? paths;
    readonly SearchValues<string>? packages;
    readonly SearchValues<string>? modules;
    readonly SearchValues<string>? functions;

    public RuleSieve(IReadOnlyList<StackRule> rules)
    {
        var wanted = rules.Select(rule => rule.Wanted).OfType<FrameMatcher>().ToLookup(SignOf, matcher => matcher.Piece);
        paths = Pieces(wanted[FrameSigns.Path]);
        packages = Pieces(wanted[FrameSigns.Package]);
        modules = Pieces(wanted[FrameSigns.Module]);
        functions = Pieces(wanted[FrameSigns.Function]);
        OfFrames = [.. rules.Where(rule => rule.ChangesFrames).Select(Sieved)];
        OfGrouping = [.. rules.Where(rule => rule.ChangesGrouping).Select(Sieved)];
    }

    /// <summary>Those that say whose code a frame is, in order.</summary>
    public SievedRule[] OfFrames { get; }

    /// <summary>Those that say which frames count, in order.</summary>
    public SievedRule[] OfGrouping { get; }

    public FrameSigns SignsOf(FrameFacts frame) =>
        (paths is not null && Holds(frame.Path, paths) ? FrameSigns.Path : FrameSigns.None)
        | (packages is not null && Holds(frame.Package, packages) ? FrameSigns.Package : FrameSigns.None)
        | (modules is not null && Holds(frame.Module, modules) ? FrameSigns.Module : FrameSigns.None)
        | (functions is not null && Holds(frame.Function, functions) ? FrameSigns.Function : FrameSigns.None);

    static bool Holds(string? text, SearchValues<string> pieces) => text is not null && text.AsSpan().ContainsAny(pieces);

    static SievedRule Sieved(StackRule rule) => new(rule, rule.Wanted is { } matcher ? SignOf(matcher) : FrameSigns.None);

    static SearchValues<string>? Pieces(IEnumerable<string> pieces) =>
        pieces.Distinct(StringComparer.Ordinal).ToArray() is { Length: > 0 } some
            ? SearchValues.Create(some, StringComparison.Ordinal)
            : null;

    static FrameSigns SignOf(FrameMatcher matcher) =>
        matcher.Field switch
        {
            FrameField.Path => FrameSigns.Path,
            FrameField.Package => FrameSigns.Package,
            FrameField.Module => FrameSigns.Module,
            FrameField.Function => FrameSigns.Function,
            _ => FrameSigns.None,
        };
}
