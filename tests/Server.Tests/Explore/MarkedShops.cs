using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Server.Tests.Hosting;
using Server.Tests.Traces;
using Tocsin.Server.Hosting;
using Tocsin.Server.Pipeline;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Rows;

namespace Server.Tests.Explore;

/// <summary>
/// The same rows five times: as they are; each standing for four; beside a day whose file is damaged and not rebuilt; in a store for which the time is
/// always over; and in one that cuts what it is told to.
/// </summary>
public sealed class MarkedShops : IAsyncLifetime
{
    const string Api = "/api/0/organizations/default/";

    internal TocsinHost Whole { get; private set; } = null!;
    internal TocsinHost Sampled { get; private set; } = null!;
    internal TocsinHost Damaged { get; private set; } = null!;
    internal TocsinHost Late { get; private set; } = null!;
    internal TocsinHost Cut { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Whole = await OpenAsync();
        Sampled = await OpenAsync(weight: 4);
        Damaged = await OpenAsync(
            options =>
            {
                var yesterday = new FakeTime().GetUtcNow().AddDays(-1);
                Directory.CreateDirectory(options.TelemetryDirectory);
                File.WriteAllText(
                    Path.Combine(
                        options.TelemetryDirectory,
                        $"events-{yesterday.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.damage"
                    ),
                    "a test broke it"
                );
                return options;
            },
            // It would be whole again before a test can ask.
            builder =>
                builder.Services.Remove(
                    builder.Services.Last(service =>
                        service.ServiceType == typeof(IHostedService)
                        && service.ImplementationFactory?.Method.ReturnType == typeof(Rebuilds)
                    )
                )
        );
        Late = await OpenAsync(adjust: With(store => new FakeLateStore(store)));
        Cut = await OpenAsync(adjust: With(store => new FakeCutStore(store)));
    }

    static Action<WebApplicationBuilder> With(Func<TelemetryStore, TelemetryStore> change) =>
        builder => builder.Services.AddSingleton(provider => change(provider.GetRequiredService<Stores>().Telemetry));

    static async Task<TocsinHost> OpenAsync(
        Func<ServerOptions, ServerOptions>? change = null,
        Action<WebApplicationBuilder>? adjust = null,
        double weight = 1
    )
    {
        var host = await TocsinHost.StartAsync(change, adjust);
        await host.StoreAsync(
            [.. Enumerable.Range(0, 20).SelectMany(at => Request(host, at, weight))],
            [host.Error(1, await host.IssueAsync(1, 1, "Failure 1"), trace: 1000) with { Transaction = "GET /cart" }]
        );
        var release = new { version = "1.0", projects = new[] { "default" } };
        using var made = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(
            host.With(),
            $"{Api}releases/",
            release
        );
        made.EnsureSuccessStatusCode();
        return host;
    }

    static SpanRow[] Request(TocsinHost host, int at, double weight)
    {
        var root = new SpanRow
        {
            ProjectId = 1,
            TraceId = (UInt128)(1000 + at),
            SpanId = 100 + at,
            SegmentId = 100 + at,
            IsSegment = true,
            Timestamp = host.Now() - 600_000_000 + at * 1_000_000,
            Received = host.Now(),
            Duration = 100_000 + at * 1000,
            SelfTime = 50_000,
            Op = "http.server",
            Status = "ok",
            Transaction = "GET /cart",
            TransactionOp = "http.server",
            Service = "shop",
            User = $"id:{at}",
            EventId = (UInt128)(5000 + at),
            Lcp = 1000,
            Attributes = """{"lcp.element":"img"}""",
            Weight = weight,
        };
        return
        [
            root,
            root with
            {
                SpanId = 200 + at,
                ParentSpanId = root.SpanId,
                IsSegment = false,
                Duration = 50_000,
                Op = "db.sql.query",
                Category = "db",
                Domain = "orders",
                Description = "SELECT 1",
                GroupName = "SELECT %s",
                Group = 0x0a0b,
                EventId = null,
                Lcp = null,
                Attributes = """{"db.system":"postgresql"}""",
            },
            root with
            {
                SpanId = 400 + at,
                SegmentId = 400 + at,
                Op = "pageload",
                Transaction = "/cart",
                Release = "1.0",
                Service = null,
                EventId = null,
            },
            // Another service, that this query's span called for.
            root with
            {
                SpanId = 300 + at,
                ParentSpanId = 200 + at,
                SegmentId = 300 + at,
                Transaction = "GET /stock",
                Service = "stock",
                EventId = null,
                Lcp = null,
            },
        ];
    }

    /// <summary>Whether the answer says so: in a header, in <c>meta.tocsin</c>, or of itself.</summary>
    internal static async Task<(bool Partial, bool Sampled)> NotesAsync(TocsinHost host, string route)
    {
        var (client, address) = (host.With(), Api + route);
        using var response = route.Contains("/trends/", StringComparison.Ordinal)
            ? await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(
                client,
                address,
                new
                {
                    transactions = new[]
                    {
                        new
                        {
                            transaction = "GET /cart",
                            project = "default",
                            op = "http.server",
                        },
                    },
                }
            )
            : await client.GetAsync(address);
        var body = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, body);
        var answer = JsonDocument.Parse(body).RootElement;
        return (Says("partial"), Says("sampled"));

        bool Says(string what) =>
            response.Headers.TryGetValues($"X-Tocsin-{char.ToUpperInvariant(what[0])}{what[1..]}", out var values)
                ? values.Single() == "1"
                : Places(answer).Any(place => place.TryGetProperty(what, out var said) && said.ValueKind == JsonValueKind.True);
    }

    /// <summary>Itself, the notes in its meta, and the same of what it is made of: a table beside lines, two sides of a comparison.</summary>
    static IEnumerable<JsonElement> Places(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }
        yield return answer;
        foreach (var name in new[] { "meta", "tocsin", "events", "a", "b", "summary" })
        {
            if (answer.TryGetProperty(name, out var within))
            {
                foreach (var place in Places(within))
                {
                    yield return place;
                }
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in new[] { Whole, Sampled, Damaged, Late, Cut })
        {
            if (host is not null)
            {
                await host.DisposeAsync();
            }
        }
    }
}
