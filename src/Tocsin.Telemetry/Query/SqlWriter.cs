namespace Tocsin.Telemetry.Query;

/// <summary>
/// The only place where a query becomes SQL. In order:
/// 1. the shape is checked; 2. the query is optimised; 3. each clause is written, which finds the columns in use;
/// 4. the rows of the named days are put under it, with those columns only.
/// </summary>
sealed class SqlWriter
{
    const string WhereWord = "\nWHERE ";
    const string GroupIsSampled = "is_sampled";

    readonly FieldTable fields;
    readonly SqlParameters parameters = new();
    readonly SortedSet<string> columns = new(StringComparer.Ordinal);
    readonly ExpressionWriter expressions;
    readonly FilterWriter filters;
    readonly bool asksWhetherSampled;
    readonly IReadOnlyDictionary<string, SoughtRows>? sought;
    readonly IReadOnlySet<string> summed;
    readonly (int Number, int Of)? slice;
    readonly RowTraits rows;

    SqlWriter(Dataset dataset, RowTraits rows)
    {
        fields = FieldTable.For(dataset);
        expressions = new(fields, parameters, columns, rows);
        summed = rows.Summed ?? new HashSet<string>();
        slice = rows.Slice;
        sought = rows.Sought;
        this.rows = rows;
        asksWhetherSampled = rows.Sums is not null || rows.Weighted && fields.WeightColumn is not null;
        filters = new(expressions, parameters);
    }

    /// <param name="catalogs">Where the days' tables are; at least one.</param>
    /// <exception cref="TelemetryQueryException">The query names a field or a shape that does not exist.</exception>
    public static SqlStatement Write(TelemetryQuery query, IReadOnlyList<string> catalogs, RowTraits rows = default)
    {
        QueryShape.Check(query);
        // Rows that are sums are of that time already, and an hour of theirs may begin before it.
        var optimal = QueryOptimizer.Optimize(rows.Sums is not null ? query with { Range = TimeRange.All } : query);
        return new SqlWriter(optimal.Dataset, rows).Statement(optimal, catalogs);
    }

    SqlStatement Statement(TelemetryQuery query, IReadOnlyList<string> catalogs)
    {
        expressions.Expect(query.Expressions());
        var select = string.Join(
            ", ",
            query.Select.Select((selected, index) => $"{expressions.Write(selected.Expression)} AS c{index}")
        );
        var tellsSampled = asksWhetherSampled && query.IsGrouped();
        if (tellsSampled)
        {
            var ofSums = rows.Sums is not null || summed.Count > 0;
            columns.Add(ofSums ? SpanSums.Sampled : fields.WeightColumn!);
            select += $", {DuckDbDialect.IsSampled(ofSums ? SpanSums.Sampled : IsSampled)} AS {GroupIsSampled}";
        }
        var group = query.GroupBy.Count == 0 ? "" : "\nGROUP BY " + string.Join(", ", query.GroupBy.Select(expressions.Write));
        var having = query.Having is null || query.Having.IsAlways() ? "" : "\nHAVING " + filters.Write(query.Having);
        var sorted = Sorted(query, Orders(query, ref select));
        var (source, where) =
            query.Dataset == Dataset.EventTags
                ? TagSource(query.Where, catalogs)
                : RowSource(query.Where, query.Dataset, catalogs);
        var groups = $"SELECT {select}\nFROM {source}{where}{group}{having}";
        var shown = query.Select.Select((_, index) => $"c{index}");
        var all = query.CountsGroups
            ? DuckDbDialect.Counted(groups, tellsSampled ? shown.Append(GroupIsSampled) : shown)
            : groups;
        return new($"{all}{sorted}\nLIMIT {query.Limit} OFFSET {query.Offset}", parameters.Values)
        {
            TellsSampled = tellsSampled,
            TellsGroups = query.CountsGroups,
        };
    }

    /// <summary>
    /// What is shown is not written again. Groups that are counted are all found before a part of them is chosen: what orders them is a column of
    /// theirs, shown or not.
    /// </summary>
    List<string> Orders(TelemetryQuery query, ref string select)
    {
        var by = new List<string>();
        foreach (var expression in query.OrderBy.Select(ordering => ordering.Expression))
        {
            var place = query.Select.TakeWhile(selected => selected.Expression != expression).Count();
            if (place < query.Select.Count)
            {
                by.Add($"c{place}");
                continue;
            }
            var written = expressions.Write(expression);
            by.Add(query.CountsGroups ? $"o{by.Count}" : written);
            select += query.CountsGroups ? $", {written} AS {by[^1]}" : "";
        }
        return by;
    }

    static string Sorted(TelemetryQuery query, IReadOnlyList<string> by) =>
        by.Count == 0
            ? ""
            : "\nORDER BY "
                + string.Join(
                    ", ",
                    by.Zip(query.OrderBy, (value, ordering) => DuckDbDialect.Ordered(value, ordering.Descending))
                );

    (string Source, string Where) RowSource(Filter? filter, Dataset dataset, IReadOnlyList<string> catalogs)
    {
        var where = Where(filter);
        if (rows.Sums is { } sums)
        {
            return (DuckDbDialect.All(sums.Selects(columns)), where);
        }
        var tables = catalogs
            .SelectMany(catalog =>
                (summed.Contains(catalog) ? [SpanSums.Table] : TablesOf(dataset, filter)).Select(table =>
                    (Catalog: catalog, Name: DuckDbDialect.Table(catalog, table))
                )
            )
            .ToList();
        // A count alone names no column.
        IEnumerable<string> needed = columns.Count == 0 ? ["timestamp"] : columns;
        return (
            tables is [{ Name: var only }] && sought is null
                ? only
                : DuckDbDialect.All(
                    tables.SelectMany(table =>
                        ConditionsOf(table.Catalog)
                            .Select(condition =>
                                DuckDbDialect.Rows(
                                    table.Name,
                                    needed.Select(column => ColumnOf(column, table.Catalog)),
                                    condition
                                )
                            )
                    )
                ),
            where
        );
    }

    /// <summary>Of the rows of a catalog; null: all.</summary>
    IEnumerable<string?> ConditionsOf(string catalog)
    {
        IEnumerable<string?> all = [null];
        return sought is not null && sought.TryGetValue(catalog, out var place) ? place.Conditions : all;
    }

    string IsSampled => $"{fields.WeightColumn} <> 1";

    /// <summary>A span itself tells by its weight whether it was sampled.</summary>
    string ColumnOf(string column, string catalog) =>
        column == SpanSums.Sampled && !summed.Contains(catalog) ? $"{IsSampled} AS {column}" : column;

    static IReadOnlyList<string> TablesOf(Dataset dataset, Filter? filter) =>
        dataset switch
        {
            Dataset.Outcomes => ["outcomes"],
            Dataset.Spans => WantsSegments(filter) switch
            {
                true => ["segments"],
                false => ["spans"],
                null => ["segments", "spans"],
            },
            _ => ["events"],
        };

    /// <summary>Null: it does not say whether it is about segments or about other spans.</summary>
    static bool? WantsSegments(Filter? filter) =>
        filter switch
        {
            Filter.And and => and.Parts.Select(WantsSegments).FirstOrDefault(wants => wants is not null),
            Filter.Compare { Operator: Comparison.Equal, Left: Expression.Field { Name: var name }, Value: bool value }
                when FieldTable.Spans.TryFind(name, out var field) && field.Column == "is_segment" => value,
            _ => null,
        };

    /// <summary>What does not ask for the tag itself is decided before the tags are unfolded.</summary>
    (string Source, string Where) TagSource(Filter? filter, IReadOnlyList<string> catalogs)
    {
        IReadOnlyList<Filter> parts = filter switch
        {
            null => [],
            Filter.And and => and.Parts,
            _ => [filter],
        };
        var ofTags = parts.ToLookup(part =>
            part.Mentions(new Expression.Field(FieldTable.TagKey)) || part.Mentions(new Expression.Field(FieldTable.TagValue))
        );
        var outer = Where(new Filter.And([.. ofTags[true]]).Fold());
        var kept = columns.Except(["tag_key", "tag_value"]).ToList();
        var inner = Where(new Filter.And([.. ofTags[false]]).Fold());
        var promoted = FieldTable.PromotedTags.Select(key => fields[key]).ToList();
        return (
            DuckDbDialect.All(
                catalogs.Select(catalog => DuckDbDialect.TagRows(DuckDbDialect.Table(catalog, "events"), kept, inner, promoted))
            ),
            Sliced(outer)
        );
    }

    string Sliced(string where) =>
        slice is not var (number, of) ? where
        : where.Length == 0 ? WhereWord + DuckDbDialect.Sliced("tag_value", number, of)
        : $"{where} AND {DuckDbDialect.Sliced("tag_value", number, of)}";

    string Where(Filter? filter) => filter is null || filter.IsAlways() ? "" : WhereWord + filters.Write(filter);
}
