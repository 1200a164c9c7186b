using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Normalise;

static class Identity
{
    public static ErrorEvent Apply(ErrorEvent e, Circumstances around, NoteBook notes) =>
        e with
        {
            Id = around.EventId ?? e.Id ?? EventId.New(),
            Received = around.Received,
        };
}
