using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>
/// Makes an event as read into one that all later steps can rely on: id, times, level, type and platform set, names legal, texts and bags
/// within their limits. Whatever is changed or dropped is noted; nothing here costs the event. Doing it twice changes nothing more.
/// </summary>
static class Normaliser
{
    static readonly Func<ErrorEvent, Circumstances, NoteBook, ErrorEvent>[] Steps =
    [
        EventTexts.DropNul,
        Identity.Apply,
        Clock.Apply,
        Names.Apply,
        Releases.Apply,
        Messages.Apply,
        Stacks.Apply,
        Exceptions.Apply,
        Kind.Apply,
        Requests.Apply,
        Sdks.Apply,
        Users.Apply,
        Visitors.Apply,
        Contexts.Apply,
        Tags.Apply,
        Breadcrumbs.Apply,
        Extras.Apply,
        Fingerprints.Apply,
    ];

    public static ErrorEvent Normalise(ErrorEvent e, Circumstances around)
    {
        var notes = new NoteBook();
        foreach (var step in Steps)
        {
            e = step(e, around, notes);
        }
        return notes.IsEmpty ? e : e with { Notes = [.. e.Notes, .. notes.Notes] };
    }
}
