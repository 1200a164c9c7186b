using Microsoft.AspNetCore.Builder.Extensions;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Errors;
using Tocsin.Server.Explore;
using Tocsin.Server.Gateway;
using Tocsin.Server.Issues;
using Tocsin.Server.Metadata;
using Tocsin.Server.Performance;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;
using Tocsin.Server.Releases;
using Tocsin.Server.Retention;
using Tocsin.Server.Traces;

namespace Tocsin.Server.Hosting;

/// <summary>The composition: every room, in the order in which the data passes them, and the order in which a request does.</summary>
static class TocsinApp
{
    /// <param name="options">The settings.</param>
    /// <param name="adjust">What a test replaces (clock, listener), after everything of ours is registered.</param>
    public static WebApplication Build(ServerOptions options, Action<WebApplicationBuilder>? adjust = null)
    {
        // Nothing of the framework's own settings: ours are those of ServerOptions, and watching files for others costs a start.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddRoutingCore();
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                KestrelLimits.Apply(kestrel, options.Gateway);
                AddressLimit.Apply(kestrel, options.Gateway, options.TrustedProxies);
                kestrel.Listen(options.Listen);
                if (options.OtlpGrpc is { } grpc)
                {
                    // Without TLS nothing tells HTTP/2 from HTTP/1.1 in time, so that gRPC needs an address of its own.
                    kestrel.Listen(grpc, listener => listener.Protocols = HttpProtocols.Http2);
                }
            });
        builder
            .Logging.AddFilter("Microsoft", LogLevel.Warning)
            .AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
            });
        Directory.CreateDirectory(options.Data);
        builder
            .Services.AddSingleton(options)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(options.Countries)
            .AddMetadata(options.MetadataFile, options.Metadata)
            .AddStores()
            .AddProjects()
            .AddGateway(options.Gateway)
            .AddPipeline(options.Memory?.Limit(new PipelineOptions()) ?? new())
            .AddRetention(options.Retention)
            .AddErrors()
            .AddTraces()
            .AddIssues(options.Issues)
            .AddExplore()
            .AddReleases()
            .AddTraceReading()
            .AddPerformance()
            .AddAccess()
            .AddApi()
            .AddAnswerCompression()
            .AddHostedService<Settling>();
        adjust?.Invoke(builder);
        var app = builder.Build();
        app.UseForwardedHeaders(Proxies.Trusted(options));
        app.UseSingleSlashes();
        UsePathOf(options.Url, app);
        app.UseSecurityHeaders();
        app.UseAnswerCompression();
        app.UseMiddleware<HeadRequests>();
        app.UseMiddleware<ApiErrors>();
        app.UseMiddleware<CompressedBodies>();
        app.UseGateway();
        app.UseRouting();
        app.UseGate();
        app.MapApi();
        WebFiles.Map(app);
        return app;
    }

    /// <summary>
    /// Not UsePathBase, which looks for the route at once: whoever runs routes first would then run every one of them, the API's before the
    /// gate.
    /// </summary>
    static void UsePathOf(Uri url, IApplicationBuilder app)
    {
        if (url.AbsolutePath.TrimEnd('/') is { Length: > 0 } path)
        {
            app.UseMiddleware<UsePathBaseMiddleware>(new PathString(path));
        }
    }

    /// <summary>What must hold before the first request: schema, open stores, first run, the projects in memory.</summary>
    public static async Task<FirstRunAnswer> PrepareAsync(this WebApplication app, CancellationToken cancellation)
    {
        var services = app.Services;
        var stores = services.GetRequiredService<Stores>();
        stores.Begin(cancellation);
        await MetadataSchema.MigrateAsync(
            services.GetRequiredService<MetadataDb>(),
            services.GetRequiredService<TimeProvider>(),
            cancellation
        );
        await stores.OpenAsync(cancellation);
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FirstRun>().PrepareAsync(cancellation);
    }
}
