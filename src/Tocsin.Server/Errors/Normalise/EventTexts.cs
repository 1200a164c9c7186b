using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>Applies a function to every text of an event. What does not change stays the same object, so a pass without effect costs nothing.</summary>
static class EventTexts
{
    /// <summary>Databases of all kinds refuse the character; PHP's anonymous classes bring it.</summary>
    public static ErrorEvent DropNul(ErrorEvent e, Circumstances around, NoteBook notes) =>
        around.MayHoldNul ? Map(e, WithoutNul) : e;

    /// <summary>Whether a text of this JSON can hold the character: hardly any does, and looking for it once in the bytes is cheap.</summary>
    public static bool MayHoldNul(ReadOnlySpan<byte> json) => json.Contains((byte)0) || json.IndexOf("\\u0000"u8) >= 0;

    static string WithoutNul(string text) => text.Contains('\0') ? text.Replace("\0", "", StringComparison.Ordinal) : text;

    public static ErrorEvent Map(ErrorEvent e, Func<string, string> change)
    {
        var map = new TextMap(change);
        return e with
        {
            Type = map.Text(e.Type),
            Platform = map.Text(e.Platform),
            Logger = map.Text(e.Logger),
            Transaction = map.Text(e.Transaction),
            TransactionSource = map.Text(e.TransactionSource),
            ServerName = map.Text(e.ServerName),
            Site = map.Text(e.Site),
            Release = map.Text(e.Release),
            Dist = map.Text(e.Dist),
            Environment = map.Text(e.Environment),
            Culprit = map.Text(e.Culprit),
            Checksum = map.Text(e.Checksum),
            LogEntry = e.LogEntry is { } entry
                ? new(map.Text(entry.Message), map.Text(entry.Formatted), map.Node(entry.Params))
                : null,
            Exceptions = map.Each(e.Exceptions, map.Exception),
            StackTrace = map.Stack(e.StackTrace),
            Threads = map.Each(e.Threads, map.Thread),
            Breadcrumbs = map.Each(e.Breadcrumbs, map.Crumb),
            Request = map.Request(e.Request),
            User = map.User(e.User),
            Sdk = map.Sdk(e.Sdk),
            DebugMeta = e.DebugMeta is { } meta
                ? new(map.Bag(meta.SdkInfo), map.Each(meta.Images, image => map.Bag(image)!))
                : null,
            Tags = map.Each(
                e.Tags,
                tag => map.Same(tag.Key) && map.Same(tag.Value) ? tag : new(map.Text(tag.Key)!, map.Text(tag.Value))
            ),
            Contexts = map.Bag(e.Contexts),
            Extra = map.Bag(e.Extra),
            Modules = map.Modules(e.Modules),
            Fingerprint = e.Fingerprint is { } fingerprint ? map.Texts(fingerprint) : null,
            Template = map.Bag(e.Template),
            SecurityReport = map.Bag(e.SecurityReport),
        };
    }
}
