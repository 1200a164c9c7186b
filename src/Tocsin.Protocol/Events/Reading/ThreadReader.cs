using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Events.Reading;

/// <summary>One value of <c>threads</c>.</summary>
static class ThreadReader
{
    public static ThreadValue? Read(ref JsonCursor cursor)
    {
        if (!cursor.OpenObject())
        {
            return null;
        }
        var thread = new ThreadValue();
        while (cursor.NextProperty())
        {
            thread = cursor.Name switch
            {
                "id" => thread with { Id = cursor.Text() },
                "name" => thread with { Name = cursor.Text() },
                "state" => thread with { State = cursor.Text() },
                "crashed" => thread with { Crashed = cursor.Flag() },
                "current" => thread with { Current = cursor.Flag() },
                "main" => thread with { Main = cursor.Flag() },
                "stacktrace" => thread with { StackTrace = StackTraceReader.Read(ref cursor) },
                "held_locks" => thread with { HeldLocks = cursor.Object() },
                _ => cursor.Skip(thread),
            };
        }
        return thread;
    }
}
