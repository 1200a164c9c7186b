using Tocsin.Server.Gateway;
using Tocsin.Server.Issues;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;

namespace Server.Tests.Pipeline;

/// <summary>A prepared item without a client's payload behind it.</summary>
sealed class SomeItem(ItemContext context) : PreparedItem(context)
{
    public const long Noon = 1_795_262_400_000_000;
    static long lastPosition;

    public static SomeItem Seen(
        ProjectSnapshot project,
        string hash,
        long at = Noon,
        string? user = null,
        string? release = null,
        string? environment = null,
        string[]? hashes = null,
        string title = "Error: boom",
        string level = "error"
    )
    {
        var position = Interlocked.Increment(ref lastPosition);
        var context = new ItemContext
        {
            Position = position,
            Index = 0,
            Receipt = new()
            {
                Door = Door.Envelope,
                ProjectId = project.Id,
                Received = at,
            },
            Project = project,
            ItemType = "event",
        };
        return new(context)
        {
            EventId = Tocsin.Protocol.EventId.New(),
            Timestamp = at,
            Sighting = new IssueSighting
            {
                Hashes = hashes ?? [hash],
                Type = "error",
                Title = title,
                Culprit = "shop.checkout",
                Metadata = """{"type":"Error","value":"boom"}""",
                Level = level,
                Platform = "python",
                Priority = "high",
                User = user,
                Release = release,
                Environment = environment,
            },
        };
    }
}
