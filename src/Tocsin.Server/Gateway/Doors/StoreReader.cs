using Tocsin.Protocol;
using Tocsin.Protocol.Events;

namespace Tocsin.Server.Gateway.Doors;

/// <summary>The legacy body.</summary>
sealed class StoreReader(int limit) : WholeReader
{
    public EventScan Scan { get; private set; }

    protected override Refusal? Read(ReadOnlyMemory<byte> body)
    {
        if (
            !StoreBody.TryDecode(body, limit, out var json, out var refusal)
            || !EventReader.TryScan(json.Value.Span, out var scan, out refusal)
        )
        {
            return refusal;
        }
        Scan = scan;
        return null;
    }
}
