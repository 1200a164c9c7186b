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
    readonly IReadOnlyList<FingerprintMatcher> _frame = [.. Matchers.Where(matcher => matcher.Subject == Subject.Frame)];
    readonly IReadOnlyList<FingerprintMatcher> _exception = [.. Matchers.Where(matcher => matcher.Subject == Subject.Exception)];
    readonly IReadOnlyList<FingerprintMatcher> _event = [.. Matchers.Where(matcher => matcher.Subject == Subject.Event)];

    public bool Matches(FingerprintSubject subject) =>
        _event.All(matcher => matcher.Matches(subject.Event))
        && (
            _exception.Count == 0
            || subject.Event.Exceptions.Any(exception => _exception.All(matcher => matcher.Matches(exception)))
        )
        && (_frame.Count == 0 || subject.Frames.Any(frame => _frame.All(matcher => matcher.Matches(frame))));

    public string? TitleOf(ErrorEvent e) => Title is null ? null : FingerprintVariables.Fill(Title, e);
}

/// <summary>An event with its frames folded once for all rules.</summary>
sealed class FingerprintSubject(ErrorEvent e)
{
    IReadOnlyList<InApp.FrameFacts>? _frames;

    public ErrorEvent Event => e;

    public IReadOnlyList<InApp.FrameFacts> Frames =>
        _frames ??= [.. EventFrames.All(e).Select(frame => new InApp.FrameFacts(frame, e.Platform))];
}
