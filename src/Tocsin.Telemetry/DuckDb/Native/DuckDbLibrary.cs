using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>
/// The part of DuckDB's C API that Tocsin needs, as it is in <c>duckdb.h</c>: strings are UTF-8, <c>idx_t</c> is ulong, state 0 is success.
/// Only calls that DuckDB does not mark as deprecated: results are read as data chunks, never value by value.
/// </summary>
static unsafe partial class DuckDbLibrary
{
    const string Library = "duckdb";

    [LibraryImport(Library)]
    internal static partial int duckdb_create_config(out nint config);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int duckdb_set_config(nint config, string name, string option);

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_config(ref nint config);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int duckdb_open_ext(string path, out DatabaseHandle database, nint config, out byte* error);

    [LibraryImport(Library)]
    internal static partial void duckdb_close(ref nint database);

    [LibraryImport(Library)]
    internal static partial void duckdb_free(void* memory);

    [LibraryImport(Library)]
    internal static partial int duckdb_connect(DatabaseHandle database, out ConnectionHandle connection);

    [LibraryImport(Library)]
    internal static partial void duckdb_disconnect(ref nint connection);

    [LibraryImport(Library)]
    internal static partial void duckdb_interrupt(ConnectionHandle connection);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int duckdb_query(ConnectionHandle connection, string sql, DuckDbResult* result);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int duckdb_prepare(ConnectionHandle connection, string sql, out StatementHandle statement);

    [LibraryImport(Library)]
    internal static partial byte* duckdb_prepare_error(StatementHandle statement);

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_prepare(ref nint statement);

    [LibraryImport(Library)]
    internal static partial int duckdb_bind_boolean(
        StatementHandle statement,
        ulong index,
        [MarshalAs(UnmanagedType.U1)] bool value
    );

    [LibraryImport(Library)]
    internal static partial int duckdb_bind_int64(StatementHandle statement, ulong index, long value);

    [LibraryImport(Library)]
    internal static partial int duckdb_bind_double(StatementHandle statement, ulong index, double value);

    [LibraryImport(Library)]
    internal static partial int duckdb_bind_uhugeint(StatementHandle statement, ulong index, Huge value);

    [LibraryImport(Library)]
    internal static partial int duckdb_bind_varchar_length(StatementHandle statement, ulong index, byte* text, ulong length);

    [LibraryImport(Library)]
    internal static partial int duckdb_pending_prepared(StatementHandle statement, out PendingHandle pending);

    [LibraryImport(Library)]
    internal static partial DuckDbPendingState duckdb_pending_execute_task(PendingHandle pending);

    [LibraryImport(Library)]
    internal static partial byte* duckdb_pending_error(PendingHandle pending);

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_pending(ref nint pending);

    [LibraryImport(Library)]
    internal static partial int duckdb_execute_pending(PendingHandle pending, DuckDbResult* result);

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_result(DuckDbResult* result);

    [LibraryImport(Library)]
    internal static partial byte* duckdb_result_error(DuckDbResult* result);

    [LibraryImport(Library)]
    internal static partial DuckDbErrorKind duckdb_result_error_type(DuckDbResult* result);

    [LibraryImport(Library)]
    internal static partial ulong duckdb_column_count(DuckDbResult* result);

    [LibraryImport(Library)]
    internal static partial DuckDbType duckdb_column_type(DuckDbResult* result, ulong column);

    [LibraryImport(Library)]
    internal static partial ChunkHandle duckdb_fetch_chunk(DuckDbResult result);

    [LibraryImport(Library)]
    internal static partial nint duckdb_create_logical_type(DuckDbType type);

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_logical_type(ref nint type);

    [LibraryImport(Library)]
    internal static partial ChunkHandle duckdb_create_data_chunk(nint* types, ulong columns);

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_data_chunk(ref nint chunk);

    [LibraryImport(Library)]
    internal static partial void duckdb_data_chunk_reset(ChunkHandle chunk);

    [LibraryImport(Library)]
    internal static partial ulong duckdb_data_chunk_get_size(ChunkHandle chunk);

    [LibraryImport(Library)]
    internal static partial void duckdb_data_chunk_set_size(ChunkHandle chunk, ulong size);

    [LibraryImport(Library)]
    internal static partial nint duckdb_data_chunk_get_vector(ChunkHandle chunk, ulong column);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial void* duckdb_vector_get_data(nint vector);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial ulong* duckdb_vector_get_validity(nint vector);

    [LibraryImport(Library)]
    internal static partial void duckdb_vector_ensure_validity_writable(nint vector);

    [LibraryImport(Library)]
    internal static partial void duckdb_vector_assign_string_element_len(nint vector, ulong row, byte* text, ulong length);

    [LibraryImport(Library)]
    internal static partial ulong duckdb_vector_size();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int duckdb_appender_create_ext(
        ConnectionHandle connection,
        string catalog,
        string schema,
        string table,
        out AppenderHandle appender
    );

    [LibraryImport(Library)]
    internal static partial int duckdb_append_data_chunk(AppenderHandle appender, ChunkHandle chunk);

    [LibraryImport(Library)]
    internal static partial int duckdb_appender_close(AppenderHandle appender);

    [LibraryImport(Library)]
    internal static partial int duckdb_appender_destroy(ref nint appender);

    [LibraryImport(Library)]
    internal static partial nint duckdb_appender_error_data(AppenderHandle appender);

    [LibraryImport(Library)]
    internal static partial DuckDbErrorKind duckdb_error_data_error_type(nint error);

    [LibraryImport(Library)]
    internal static partial byte* duckdb_error_data_message(nint error);

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_error_data(ref nint error);

    [LibraryImport(Library)]
    internal static partial byte* duckdb_library_version();

    /// <summary>The version of the library that is loaded, for example <c>v1.5.6</c>.</summary>
    public static string Version => Text(duckdb_library_version());

    internal static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";

    /// <summary>How many rows a chunk holds at most.</summary>
    internal static int ChunkCapacity { get; } = (int)duckdb_vector_size();
}

/// <summary>duckdb_result: DuckDB owns what it points to.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct DuckDbResult
{
    fixed ulong reserved[5];
    nint state;
}

/// <summary>duckdb_uhugeint and duckdb_hugeint.</summary>
[StructLayout(LayoutKind.Sequential)]
readonly record struct Huge(ulong Lower, ulong Upper)
{
    public static explicit operator UInt128(Huge value) => new(value.Upper, value.Lower);

    public static explicit operator Huge(UInt128 value) => new((ulong)value, (ulong)(value >> 64));
}

/// <summary>duckdb_string_t: up to 12 bytes lie within, longer texts behind a pointer.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct ShortText
{
    public const int Capacity = 12;

    public uint Length;
    fixed byte inlined[Capacity];

    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            var self = (ShortText*)Unsafe.AsPointer(ref this);
            var start = Length <= Capacity ? self->inlined : *(byte**)(self->inlined + 4);
            return new(start, (int)Length);
        }
    }

    /// <summary>Unused bytes must be zero: DuckDB compares the whole structure.</summary>
    public static void Write(ShortText* target, ReadOnlySpan<byte> text)
    {
        *target = default;
        target->Length = (uint)text.Length;
        text.CopyTo(new Span<byte>(target->inlined, Capacity));
    }
}

enum DuckDbType
{
    Boolean = 1,
    Integer = 4,
    BigInt = 5,
    Double = 11,
    Timestamp = 12,
    HugeInt = 16,
    Varchar = 17,
    Blob = 18,
    Uuid = 27,
    UHugeInt = 32,
}

enum DuckDbPendingState
{
    Ready = 0,
    NotReady = 1,
    Error = 2,

    /// <summary>Other threads have all the work that there is.</summary>
    NoTasks = 3,
}

enum DuckDbErrorKind
{
    Serialization = 9,
    Io = 28,
    Interrupt = 29,
    Fatal = 30,
    Internal = 31,
    OutOfMemory = 33,
}
