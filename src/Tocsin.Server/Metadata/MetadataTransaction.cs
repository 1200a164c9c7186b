using System.Data.Common;
using Dapper;

namespace Tocsin.Server.Metadata;

/// <summary>One write transaction: pass both parts to Dapper, or call it through here.</summary>
sealed record MetadataTransaction(DbConnection Connection, DbTransaction Transaction)
{
    public Task<int> ExecuteAsync(string sql, object? parameters = null) => Connection.ExecuteAsync(sql, parameters, Transaction);

    public Task<IEnumerable<T>> QueryAsync<T>(string sql, object? parameters = null) =>
        Connection.QueryAsync<T>(sql, parameters, Transaction);

    public Task<T?> FirstAsync<T>(string sql, object? parameters = null) =>
        Connection.QueryFirstOrDefaultAsync<T>(sql, parameters, Transaction);

    public Task<T?> ScalarAsync<T>(string sql, object? parameters = null) =>
        Connection.ExecuteScalarAsync<T>(sql, parameters, Transaction);
}
