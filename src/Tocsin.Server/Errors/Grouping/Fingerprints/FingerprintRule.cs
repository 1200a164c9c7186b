using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Grouping.Fingerprints;

/// <summary>
/// <c>matchers -> values title="…"</c>. Matchers about a frame must all hold for one frame, those about an exception for one exception.
/// </summary>
sealed record FingerprintRule(
    string Text,
    IReadOnlyList<FingerprintMatcher> Matchers,
    IReadOnlyList<string> Values,
    string? Title
)
{
    readonly IReadOnlyList<FingerprintMatcher> ofFrames = [.. Matchers.Where(matcher => matcher.Subject == Subject.Frame)];
    readonly IReadOnlyList<FingerprintMatcher> ofExceptions =
    [
        .. Matchers.Where(matcher => matcher.Subject == Subject.Exception),
    ];
    readonly IReadOnlyList<FingerprintMatcher> ofEvent = [.. Matchers.Where(matcher => matcher.Subject == Subject.Event)];

    public bool Matches(FingerprintSubject subject) =>
        ofEvent.All(matcher => matcher.Matches(subject.Event))
        && (
            ofExceptions.Count == 0
            || subject.Event.Exceptions.Any(exception => ofExceptions.All(matcher => matcher.Matches(exception)))
        )
        && (ofFrames.Count == 0 || subject.Frames.Any(frame => ofFrames.All(matcher => matcher.Matches(frame))));

    public string? TitleOf(ErrorEvent e) => Title is null ? null : FingerprintVariables.Fill(Title, e);
}

/// <summary>An event with its frames folded once for all rules.</summary>
sealed class FingerprintSubject(ErrorEvent e)
{
    IReadOnlyList<InApp.FrameFacts>? frames;

    public ErrorEvent Event => e;

    public IReadOnlyList<InApp.FrameFacts> Frames =>
        frames ??= [.. EventFrames.All(e).Select(frame => new InApp.FrameFacts(frame, e.Platform))];
}
