using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Normalise;

static class Identity
{
    public static ErrorEvent Apply(ErrorEvent e, Arrival arrival, NoteBook notes) =>
        e with
        {
            Id = arrival.EventId ?? e.Id ?? EventId.New(),
            Received = arrival.Received,
        };
}
