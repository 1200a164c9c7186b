using System.Data.Common;
using System.Globalization;
using System.Text;

namespace Tocsin.Server.Metadata;

/// <summary>
/// Many rows for one statement: <c>{rows}</c> in the SQL stands for <c>(…), (…)</c>. Whole numbers are written into the text, where they
/// cost next to nothing; texts are always parameters, each distinct one once. Long lists become several statements, because the time
/// SQLite takes to find a parameter by its name grows with their number.
/// </summary>
sealed class ValueRows
{
    const int MaxParameters = 240;

    /// <summary>As text in memory less than what the collector keeps among the large objects, which are collected with everything else only.</summary>
    const int MaxCharacters = 32 << 10;

    readonly List<Chunk> full = [];
    Chunk open = new();

    public int Count { get; private set; }

    public void Add(params ReadOnlySpan<SqlValue> row)
    {
        if (open.Parameters.Count + row.Length > MaxParameters || open.Text.Length > MaxCharacters)
        {
            full.Add(open);
            open = new();
        }
        open.Add(row);
        Count++;
    }

    public async Task<int> ExecuteAsync(MetadataTransaction transaction, string sql, CancellationToken cancellation)
    {
        var changed = 0;
        foreach (var chunk in Chunks())
        {
            await using var command = chunk.Command(transaction.Connection, transaction.Transaction, sql);
            changed += await command.ExecuteNonQueryAsync(cancellation);
        }
        return changed;
    }

    public Task<List<T>> QueryAsync<T>(
        MetadataTransaction transaction,
        string sql,
        Func<DbDataReader, T> read,
        CancellationToken cancellation
    ) => QueryAsync(transaction.Connection, transaction.Transaction, sql, read, cancellation);

    public async Task<List<T>> QueryAsync<T>(
        DbConnection connection,
        DbTransaction? transaction,
        string sql,
        Func<DbDataReader, T> read,
        CancellationToken cancellation
    )
    {
        var answers = new List<T>();
        foreach (var chunk in Chunks())
        {
            await using var command = chunk.Command(connection, transaction, sql);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                answers.Add(read(reader));
            }
        }
        return answers;
    }

    IEnumerable<Chunk> Chunks() => open.Text.Length == 0 ? full : full.Append(open);

    sealed class Chunk
    {
        readonly Dictionary<string, int> numbers = [];

        public StringBuilder Text { get; } = new();
        public List<string> Parameters { get; } = [];

        public void Add(ReadOnlySpan<SqlValue> row)
        {
            var separator = Text.Length == 0 ? "(" : ",(";
            foreach (var value in row)
            {
                Text.Append(separator);
                separator = ",";
                if (value.Text is { } text)
                {
                    Text.Append("@p").Append(NumberOf(text));
                }
                else if (value.Number is { } number)
                {
                    Text.Append(CultureInfo.InvariantCulture, $"{number}");
                }
                else
                {
                    Text.Append("NULL");
                }
            }
            Text.Append(')');
        }

        public DbCommand Command(DbConnection connection, DbTransaction? transaction, string sql)
        {
            var command = connection.CreateCommand();
            command.Transaction = transaction;
            // The template is ours and the rows hold numbers and parameter names only.
#pragma warning disable CA2100
            command.CommandText = sql.Replace("{rows}", Text.ToString(), StringComparison.Ordinal);
#pragma warning restore CA2100
            for (var i = 0; i < Parameters.Count; i++)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = $"@p{i}";
                parameter.Value = Parameters[i];
                command.Parameters.Add(parameter);
            }
            return command;
        }

        int NumberOf(string text)
        {
            if (!numbers.TryGetValue(text, out var number))
            {
                number = Parameters.Count;
                numbers.Add(text, number);
                Parameters.Add(text);
            }
            return number;
        }
    }
}

/// <summary>A whole number, a text or null. Texts are cleaned of what a database cannot hold: NUL characters and halves of surrogate pairs.</summary>
readonly struct SqlValue
{
    SqlValue(long? number, string? text)
    {
        Number = number;
        Text = text;
    }

    public long? Number { get; }
    public string? Text { get; }

    public static implicit operator SqlValue(long? number) => new(number, null);

    public static implicit operator SqlValue(long number) => new(number, null);

    public static implicit operator SqlValue(bool flag) => new(flag ? 1 : 0, null);

    public static implicit operator SqlValue(string? text) => new(null, text is null ? null : Clean(text));

    static string Clean(string text)
    {
        var span = text.AsSpan();
        if (!span.Contains('\0') && !span.ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return text;
        }
        // Encoding replaces unpaired surrogates.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Replace("\0", "", StringComparison.Ordinal)));
    }
}
