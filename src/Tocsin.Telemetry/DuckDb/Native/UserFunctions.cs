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
        GroupFunctions<UserSet>.Add(connection, Of, [DuckDbType.Varchar], Update);
        GroupFunctions<UserSet>.AddSum(connection, All);
        Functions.AddScalar(connection, Count, [DuckDbType.Blob], DuckDbType.BigInt, Read);
    }

    static void Update(nint info, nint chunk, void** states)
    {
        var rows = Functions.Rows(chunk);
        var users = new ArgumentColumn<ShortText>(chunk, 0);
        for (var row = 0; row < rows; row++)
        {
            if (!users.IsNull(row))
            {
                ((UserSet*)states[row])->Add(users[row].Bytes);
            }
        }
    }

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
