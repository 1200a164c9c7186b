using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tocsin.Server.Access;
using Tocsin.Server.Hosting;

namespace Server.Tests.Hosting;

/// <summary>
/// The whole server in this process, on its real composition: own data directory, own clock, SQLite or (with
/// <c>TOCSIN_TEST_METADATA=postgres</c>) a database of its own on a real PostgreSQL. It has gone through its first run, with
/// <see cref="Token"/> and <see cref="Key"/> as an operator would have set them.
/// </summary>
sealed class TocsinHost : IAsyncDisposable
{
    public const string Token = "bootstrap-0123456789abcdef0123456789abcdef";
    public const string Key = "0123456789abcdef0123456789abcdef";
    public const string Url = "http://tocsin.example";

    readonly WebApplication app;
    readonly ServerOptions options;
    readonly bool ownsData;

    TocsinHost(WebApplication app, ServerOptions options, bool ownsData, FakeTime time, FirstRunAnswer.Ready ready)
    {
        this.app = app;
        this.options = options;
        this.ownsData = ownsData;
        Time = time;
        Ready = ready;
    }

    public FakeTime Time { get; }
    public FirstRunAnswer.Ready Ready { get; }
    public IServiceProvider Services => app.Services;
    public WebApplication App => app;

    /// <param name="change">Other settings; with a Data of its own, the host leaves that directory when it ends.</param>
    /// <param name="adjust">Other services, after everything of the product is registered.</param>
    /// <param name="map">Other routes, beside those of the product.</param>
    /// <param name="time">The clock; by default one of its own.</param>
    public static async Task<TocsinHost> StartAsync(
        Func<ServerOptions, ServerOptions>? change = null,
        Action<WebApplicationBuilder>? adjust = null,
        Action<WebApplication>? map = null,
        FakeTime? time = null
    )
    {
        var data = Directory.CreateTempSubdirectory("tocsin-host-").FullName;
        var first = new ServerOptions
        {
            Data = data,
            Listen = new(IPAddress.Loopback, 0),
            Url = new(Url),
            BootstrapToken = Token,
            BootstrapKey = Key,
            Metadata = TestMetadata.UsesPostgres ? await PostgresServer.CreateMigratedAsync() : null,
        };
        var options = change?.Invoke(first) ?? first;
        var clock = time ?? new FakeTime();
        var app = TocsinApp.Build(
            options,
            builder =>
            {
                builder.WebHost.UseTestServer();
                builder.Services.AddSingleton<TimeProvider>(clock);
                builder.Logging.ClearProviders();
                adjust?.Invoke(builder);
            }
        );
        map?.Invoke(app);
        var answer = await app.PrepareAsync(CancellationToken.None);
        await app.StartAsync();
        return new(app, options, options.Data == data, clock, answer.ShouldBeOfType<FirstRunAnswer.Ready>());
    }

    /// <summary>What another start of the server would do and print.</summary>
    public async Task<FirstRunAnswer.Ready> StartAgainAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        var answer = await scope.ServiceProvider.GetRequiredService<FirstRun>().PrepareAsync(CancellationToken.None);
        return answer.ShouldBeOfType<FirstRunAnswer.Ready>();
    }

    /// <summary>A client that shows nothing about who it is.</summary>
    public HttpClient Anonymous() => new(app.GetTestServer().CreateHandler()) { BaseAddress = new(Url) };

    /// <summary>A program with a token; by default the organisation token of the settings, which may do everything.</summary>
    public HttpClient With(string token = Token)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    /// <summary>A browser: it keeps cookies and, like our pages, sends the antiforgery value back.</summary>
    public HttpClient Browser()
    {
        var cookies = new CookieContainer();
        var handler = new AntiforgeryHandler(cookies)
        {
            InnerHandler = new CookieContainerHandler(cookies) { InnerHandler = app.GetTestServer().CreateHandler() },
        };
        return new(handler) { BaseAddress = new(Url) };
    }

    public T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        if (ownsData)
        {
            Directory.Delete(options.Data, recursive: true);
        }
    }

    sealed class AntiforgeryHandler(CookieContainer cookies) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var value = cookies.GetCookies(new Uri(Url))["tocsin_csrf"]?.Value;
            if (value is not null && request.Method != HttpMethod.Get)
            {
                request.Headers.TryAddWithoutValidation("X-CSRF-Token", value);
            }
            return base.SendAsync(request, cancellationToken);
        }
    }
}
