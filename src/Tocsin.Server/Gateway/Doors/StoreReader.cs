using Tocsin.Protocol;
using Tocsin.Protocol.Events;
using Tocsin.Server.Gateway.Bodies;

namespace Tocsin.Server.Gateway.Doors;

/// <summary>The legacy body.</summary>
sealed class StoreReader(int limit) : WholeReader(expected: 16 * 1024)
{
    public EventScan Scan { get; private set; }

    public override Refusal? Complete()
    {
        if (
            !StoreBody.TryDecode(Body, limit, out var json, out var refusal)
            || !EventReader.TryScan(json.Value.Span, out var scan, out refusal)
        )
        {
            return refusal;
        }
        Scan = scan;
        return null;
    }
}
