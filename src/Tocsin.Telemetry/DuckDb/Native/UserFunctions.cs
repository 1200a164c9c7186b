using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>
/// Distinct users that can be added up: <c>user_set(text)</c> keeps them as bytes, <c>user_set_all(bytes)</c> unites such sets,
/// <c>user_count(bytes)</c> counts. A state is a <see cref="UserSet"/>.
/// </summary>
static unsafe class UserFunctions
{
    public const string Of = "user_set";
    public const string All = "user_set_all";
    public const string Count = "user_count";

    public static void Register(ConnectionHandle connection)
    {
        Add(connection, Of, DuckDbType.Varchar, (delegate* unmanaged[Cdecl]<nint, nint, UserSet**, void>)&Update);
        Add(connection, All, DuckDbType.Blob, (delegate* unmanaged[Cdecl]<nint, nint, UserSet**, void>)&UpdateAll);
        Functions.AddScalar(
            connection,
            Count,
            [DuckDbType.Blob],
            DuckDbType.BigInt,
            (delegate* unmanaged[Cdecl]<nint, nint, nint, void>)&Read
        );
    }

    static void Add(ConnectionHandle connection, string name, DuckDbType parameter, void* update) =>
        Functions.AddAggregate(
            connection,
            name,
            [parameter],
            DuckDbType.Blob,
            (delegate* unmanaged[Cdecl]<nint, ulong>)&Size,
            (delegate* unmanaged[Cdecl]<nint, UserSet*, void>)&Begin,
            update,
            (delegate* unmanaged[Cdecl]<nint, UserSet**, UserSet**, ulong, void>)&Combine,
            (delegate* unmanaged[Cdecl]<nint, UserSet**, nint, ulong, ulong, void>)&Finish,
            (delegate* unmanaged[Cdecl]<UserSet**, ulong, void>)&Destroy
        );

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static ulong Size(nint info) => (ulong)sizeof(UserSet);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Begin(nint info, UserSet* state) => *state = default;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Update(nint info, nint chunk, UserSet** states)
    {
        var rows = Functions.Rows(chunk);
        var users = new ArgumentColumn<ShortText>(chunk, 0);
        for (var row = 0; row < rows; row++)
        {
            if (!users.IsNull(row))
            {
                states[row]->Add(users[row].Bytes);
            }
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void UpdateAll(nint info, nint chunk, UserSet** states)
    {
        var rows = Functions.Rows(chunk);
        var sets = new ArgumentColumn<ShortText>(chunk, 0);
        for (var row = 0; row < rows; row++)
        {
            if (!sets.IsNull(row))
            {
                states[row]->AddWritten(sets[row].Bytes);
            }
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Combine(nint info, UserSet** sources, UserSet** targets, ulong count)
    {
        for (var at = 0ul; at < count; at++)
        {
            targets[at]->Add(*sources[at]);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Finish(nint info, UserSet** states, nint result, ulong count, ulong offset)
    {
        var writer = new VectorWriter(result);
        Span<byte> bytes = [];
        for (var at = 0; at < (int)count; at++)
        {
            var most = states[at]->MostBytes;
            bytes = bytes.Length < most ? new byte[most] : bytes;
            writer.Write((int)offset + at, bytes[..states[at]->Write(bytes)]);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Destroy(UserSet** states, ulong count)
    {
        for (var at = 0ul; at < count; at++)
        {
            states[at]->Free();
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Read(nint info, nint chunk, nint result)
    {
        var rows = Functions.Rows(chunk);
        var sets = new ArgumentColumn<ShortText>(chunk, 0);
        var writer = new VectorWriter(result);
        for (var row = 0; row < rows; row++)
        {
            writer.Write(row, sets.IsNull(row) ? 0L : UserSet.Count(sets[row].Bytes));
        }
    }
}
