using Tocsin.Server.Api;
using Tocsin.Server.Traces;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Performance.Services;

/// <summary>
/// Which database a service's statements go to: its system and its name, as the spans' attributes tell. A span's own column names the table, of
/// which a database has many. Attributes are dear to read, so that the newest spans speak for all of their table, or of their service.
/// </summary>
sealed class DatabaseNames
{
    const int NewestSpans = 2_000;

    /// <summary>Of a service of which none is among those, and of so many services.</summary>
    const int NewestOfService = 50;
    const int QuietServices = 10;

    static readonly string[] Systems = ["db.system.name", "db.system"];

    /// <summary>The host where the database has no name.</summary>
    static readonly string[] Names = ["db.namespace", "db.name", "server.address", "net.peer.name"];

    static readonly Selected[] Columns =
    [
        new("project", SpanField.ProjectId),
        new("service", SpanField.Service),
        new("domain", SpanField.Domain),
        .. Systems.Concat(Names).Select(name => new Selected(name, new Expression.Tag(name))),
    ];

    readonly Dictionary<(ServiceKey, string), string> byTable;
    readonly Dictionary<ServiceKey, string> byService;

    DatabaseNames(IReadOnlyList<(ServiceKey Service, string Table, string Name)> told)
    {
        byTable = told.GroupBy(one => (one.Service, one.Table), one => one.Name).ToDictionary(same => same.Key, Usual);
        byService = told.GroupBy(one => one.Service, one => one.Name).ToDictionary(same => same.Key, Usual);
    }

    public static async Task<Answer<DatabaseNames>> ReadAsync(
        TelemetryStore telemetry,
        SpanScope scope,
        IReadOnlyDictionary<ServiceKey, long> sent,
        CancellationToken cancellation
    )
    {
        var statements = scope.And(SpanField.Category.Is("db"), SpanField.IsSegment.Is(false));
        var newest = await NewestAsync(telemetry, statements, NewestSpans, sent.Values.Sum(), cancellation);
        var (told, notes) = (newest.Value, newest.Notes);
        var heard = told.Select(one => one.Service).ToHashSet();
        foreach (var (quiet, count) in sent.Where(service => !heard.Contains(service.Key)).Take(QuietServices).ToList())
        {
            var own = await NewestAsync(telemetry, statements.And(quiet.Filter), NewestOfService, count, cancellation);
            told.AddRange(own.Value);
            notes = notes.With(own.Notes);
        }
        return new(new([.. told.Where(one => one.Name.Length > 0)]), notes);
    }

    /// <summary>Of many the newest lie at the end of the time, so the end is read first: when enough are there, those are they.</summary>
    static async Task<Answer<List<(ServiceKey Service, string Table, string Name)>>> NewestAsync(
        TelemetryStore telemetry,
        SpanScope statements,
        int limit,
        long sent,
        CancellationToken cancellation
    )
    {
        var (from, to) = (statements.Range.From, statements.Range.To);
        var end = (long)((to - from) * (2.0 * limit / Math.Max(1, sent)));
        if (end < (to - from) / 2)
        {
            var last = statements with { Range = new(to - end, to) };
            if (await NewestWithinAsync(telemetry, last, limit, cancellation) is { } newest && newest.Value.Count == limit)
            {
                return newest;
            }
        }
        return await NewestWithinAsync(telemetry, statements, limit, cancellation);
    }

    static async Task<Answer<List<(ServiceKey Service, string Table, string Name)>>> NewestWithinAsync(
        TelemetryStore telemetry,
        SpanScope statements,
        int limit,
        CancellationToken cancellation
    )
    {
        var result = await telemetry.QueryAsync(
            statements.Query(Columns) with
            {
                OrderBy = [new(SpanField.Timestamp, true), new(SpanField.SpanId, false)],
                Limit = limit,
            },
            cancellation
        );
        return new(
            [
                .. result.Rows.Select(row =>
                {
                    var cells = new Cells(row);
                    var service = new ServiceKey(cells.Number(), cells.Text());
                    return (service, PeerKey.Of("db", cells.Text()).Name, NameOf(cells));
                }),
            ],
            AnswerNotes.Of(result)
        );
    }

    /// <summary>Where nothing is told, the service's database, for a name of its own cannot be another's.</summary>
    public PeerKey Of(SpanScope scope, PeerCalls calls) =>
        calls.Peer with
        {
            Name =
                byTable.GetValueOrDefault((calls.Caller, calls.Peer.Name))
                ?? byService.GetValueOrDefault(calls.Caller)
                ?? $"{calls.Caller.Name(scope)} database",
        };

    static string NameOf(Cells cells)
    {
        var system = First(cells, Systems.Length);
        var name = First(cells, Names.Length);
        return string.Join('/', new[] { system, name }.OfType<string>());
    }

    /// <summary>Reads them all, so that the next cell is the one behind.</summary>
    static string? First(Cells cells, int count) =>
        Enumerable.Range(0, count).Select(_ => cells.Text()).ToList().Find(text => !string.IsNullOrEmpty(text));

    static string Usual<TKey>(IGrouping<TKey, string> names) =>
        names
            .CountBy(name => name)
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .First()
            .Key;
}
