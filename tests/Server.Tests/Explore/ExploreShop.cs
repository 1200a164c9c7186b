using System.Net;
using System.Text.Json;
using Server.Tests.Hosting;
using Tocsin.Server.Projects;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Rows;

namespace Server.Tests.Explore;

/// <summary>The whole server with spans and errors whose every number the tests can reckon themselves.</summary>
public sealed class ExploreShop : IAsyncLifetime
{
    const long Second = 1_000_000;

    internal TocsinHost Host { get; private set; } = null!;

    /// <summary>Whole hours: noon of the host's day, when it stands still.</summary>
    public long Now { get; private set; }

    /// <summary>Three transactions over the last three hours, 300 in all, and the queries within them.</summary>
    public IReadOnlyList<SpanRow> Spans { get; private set; } = [];

    public IReadOnlyList<EventRow> Errors { get; private set; } = [];

    public IEnumerable<SpanRow> Transactions => Spans.Where(span => span.IsSegment);

    public async ValueTask InitializeAsync()
    {
        Host = await TocsinHost.StartAsync();
        Now = (Host.Time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var project = Host.Get<ProjectDirectory>().All.Single().Id;
        Spans = [.. Enumerable.Range(0, 300).SelectMany(at => Request(project, at))];
        Errors = [.. Enumerable.Range(0, 12).Select(at => Error(project, at))];
        var elsewhere = Spans[0] with { ProjectId = project + 1000, Transaction = "of nobody here" };
        await Host.Get<TelemetryStore>()
            .ApplyAsync(
                new(1, DateOnly.FromDateTime(Host.Time.GetUtcNow().Date)) { Spans = [.. Spans, elsewhere], Events = Errors },
                TestContext.Current.CancellationToken
            );
    }

    IReadOnlyList<SpanRow> Request(long project, int at)
    {
        var name = (at % 6) switch
        {
            < 3 => "GET /cart",
            < 5 => "GET /stock",
            _ => "POST /pay",
        };
        var root = new SpanRow
        {
            ProjectId = project,
            TraceId = (UInt128)(1000 + at),
            SpanId = 10_000 + at,
            SegmentId = 10_000 + at,
            IsSegment = true,
            Timestamp = Now - (at + 1) * 30 * Second,
            Received = Now,
            Duration = (at * 37 % 300 + 1) * 10_000L,
            SelfTime = 1_000,
            Op = "http.server",
            Status = at % 10 == 0 ? "internal_error" : "ok",
            Failed = at % 10 == 0,
            Transaction = name,
            TransactionOp = "http.server",
            User = $"id:{at % 17}",
            Environment = at % 2 == 0 ? "production" : "staging",
            Release = at % 4 == 0 ? null : $"shop@1.{at % 4}",
            HttpStatus = at % 10 == 0 ? 500 : 200,
            EventId = (UInt128)(5000 + at),
            Lcp = at % 5 == 0 ? 1000 + at * 10 : null,
            Attributes = $$"""{"cart.size":{{at % 4}},"cart.kind":"{{(at % 2 == 0 ? "full" : "half")}}"}""",
            Measurements = at % 3 == 0 ? $$"""{"frames.slow":{"value":{{at % 7}} ,"unit":"none"} }""" : "{}",
        };
        return
        [
            root,
            root with
            {
                SpanId = 20_000 + at,
                ParentSpanId = root.SpanId,
                IsSegment = false,
                Duration = root.Duration / 2,
                SelfTime = root.Duration / 2,
                Op = "db.sql.query",
                Description = $"SELECT * FROM {name[^3..]} WHERE id = {at}",
                GroupName = "SELECT * FROM %s",
                Group = 0x0a0b,
                Status = "ok",
                Failed = false,
                EventId = null,
                Lcp = null,
                Measurements = "{}",
            },
        ];
    }

    EventRow Error(long project, int at) =>
        new()
        {
            ProjectId = project,
            EventId = (UInt128)(900 + at),
            IssueId = 77,
            Timestamp = Now - (at + 1) * 600 * Second,
            Received = Now,
            Type = "error",
            Level = at % 3 == 0 ? "warning" : "error",
            Title = $"TypeError: number {at}",
            ErrorType = "TypeError",
            ErrorValue = $"number {at}",
            Handled = at % 2 == 0,
            User = $"id:{at % 5}",
            Environment = "production",
            Transaction = "GET /cart",
            Tags = $$"""{"browser":"{{(at % 4 == 0 ? "Firefox" : "Chrome")}}"}""",
        };

    internal Task<JsonElement> GetAsync(string path, HttpStatusCode expected = HttpStatusCode.OK) =>
        Host.With().GetJsonAsync($"/api/0/organizations/default/{path}", expected);

    /// <summary>The rows of a table, each as its values in the order of the fields.</summary>
    internal async Task<IReadOnlyList<JsonElement[]>> RowsAsync(string dataset, IReadOnlyList<string> fields, string more = "")
    {
        var asked = string.Concat(fields.Select(field => $"&field={Uri.EscapeDataString(field)}"));
        var answer = await GetAsync($"events/?dataset={dataset}{asked}{more}");
        return
        [
            .. answer
                .GetProperty("data")
                .EnumerateArray()
                .Select(row => fields.Select(field => row.GetProperty(field)).ToArray()),
        ];
    }

    public async ValueTask DisposeAsync() => await Host.DisposeAsync();
}
