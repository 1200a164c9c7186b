using System.Data;
using System.Globalization;
using Dapper;

namespace Tocsin.Server.Metadata;

/// <summary>
/// How values cross between C# and both engines: columns in snake_case fill properties in PascalCase, booleans are the integers 0 and 1.
/// Rows are records with <c>init</c> properties, or positional with <c>long</c>, <c>string</c> and <c>bool</c> only: every whole number
/// of the schema is a BIGINT, so both engines deliver a long.
/// </summary>
static class DapperTypes
{
    static readonly Lock Gate = new();
    static bool registered;

    public static void Register()
    {
        lock (Gate)
        {
            if (registered)
            {
                return;
            }
            DefaultTypeMap.MatchNamesWithUnderscores = true;
            // Dapper asks its own map before any handler.
            SqlMapper.RemoveTypeMap(typeof(bool));
            SqlMapper.RemoveTypeMap(typeof(bool?));
            SqlMapper.AddTypeHandler(new ZeroOrOne());
            registered = true;
        }
    }

    sealed class ZeroOrOne : SqlMapper.TypeHandler<bool>
    {
        public override bool Parse(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture) != 0;

        public override void SetValue(IDbDataParameter parameter, bool value)
        {
            parameter.DbType = DbType.Int64;
            parameter.Value = value ? 1L : 0L;
        }
    }
}
