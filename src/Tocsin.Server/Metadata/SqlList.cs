using System.Text;
using Dapper;

namespace Tocsin.Server.Metadata;

/// <summary>
/// Lists for <c>IN</c>, written out, because Dapper expands <c>IN @list</c> on SQLite but sends an array on PostgreSQL.
/// An empty list holds nothing on either.
/// </summary>
static class SqlList
{
    /// <summary><c>(1,2,3)</c>. Numbers need no parameters.</summary>
    public static string Of(IEnumerable<long> numbers)
    {
        var sql = string.Join(',', numbers);
        return sql.Length == 0 ? "(SELECT 0 WHERE 1 = 0)" : $"({sql})";
    }

    /// <summary><c>(@name0,@name1,…)</c>; the values are added to the parameters.</summary>
    public static string Of(IEnumerable<string> texts, DynamicParameters parameters, string name)
    {
        var sql = new StringBuilder("(");
        var count = 0;
        foreach (var text in texts)
        {
            sql.Append(count == 0 ? "@" : ",@").Append(name).Append(count);
            parameters.Add($"{name}{count}", text);
            count++;
        }
        return count == 0 ? "(SELECT '' WHERE 1 = 0)" : sql.Append(')').ToString();
    }
}
