namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>Aggregate functions that make a group's state into bytes, for every kind of state. DuckDB calls from its threads.</summary>
static unsafe class GroupFunctions<TState>
    where TState : unmanaged, IGroupState<TState>
{
    static readonly StateCalls Calls = new(
        _ => (ulong)sizeof(TState),
        (_, state) => *(TState*)state = default,
        Combine,
        Finish,
        Destroy
    );

    /// <param name="update">Each row of the chunk, whose arguments are of these types, belongs to the state in its place.</param>
    public static void Add(
        ConnectionHandle connection,
        string name,
        ReadOnlySpan<DuckDbType> parameters,
        StateUpdateCall update
    ) => Functions.AddAggregate(connection, name, parameters, Calls, update);

    /// <summary>The function that adds bytes of such functions up.</summary>
    public static void AddSum(ConnectionHandle connection, string name) => Add(connection, name, [DuckDbType.Blob], UpdateAll);

    static void UpdateAll(nint info, nint chunk, void** states)
    {
        var rows = Functions.Rows(chunk);
        var written = new ArgumentColumn<ShortText>(chunk, 0);
        for (var row = 0; row < rows; row++)
        {
            if (!written.IsNull(row))
            {
                ((TState*)states[row])->AddWritten(written[row].Bytes);
            }
        }
    }

    /// <summary>DuckDB only frees the sources afterwards, unless within a window, of which no query of ours has any.</summary>
    static void Combine(nint info, void** sources, void** targets, ulong count)
    {
        for (var at = 0ul; at < count; at++)
        {
            ((TState*)targets[at])->Take(ref *(TState*)sources[at]);
        }
    }

    static void Finish(nint info, void** states, nint result, ulong count, ulong offset)
    {
        var writer = new VectorWriter(result);
        Span<byte> bytes = [];
        for (var at = 0; at < (int)count; at++)
        {
            var state = (TState*)states[at];
            var most = state->MostBytes;
            bytes = bytes.Length < most ? new byte[2 * most] : bytes;
            writer.Write((int)offset + at, bytes[..state->Write(bytes)]);
        }
    }

    static void Destroy(void** states, ulong count)
    {
        for (var at = 0ul; at < count; at++)
        {
            ((TState*)states[at])->Free();
        }
    }
}
