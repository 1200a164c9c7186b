using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Issues;
using Tocsin.Server.Metadata;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Hosting;

/// <summary>The composition: every room, in the order in which the data passes them, and the order in which a request does.</summary>
static class TocsinApp
{
    /// <param name="options">The settings.</param>
    /// <param name="adjust">What a test replaces (clock, listener), after everything of ours is registered.</param>
    public static WebApplication Build(ServerOptions options, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Listen(options.Listen);
            });
        Directory.CreateDirectory(options.Data);
        builder
            .Services.AddSingleton(options)
            .AddSingleton(TimeProvider.System)
            .AddMetadata(options.Data, options.Metadata)
            .AddProjects()
            .AddAccess()
            .AddIssues()
            .AddApi();
        adjust?.Invoke(builder);
        var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseMiddleware<ApiErrors>();
        app.UseRouting();
        app.UseGate();
        app.MapApi();
        return app;
    }

    /// <summary>What must hold before the first request: schema, first run, the projects in memory.</summary>
    public static async Task<FirstRunAnswer> PrepareAsync(this WebApplication app, CancellationToken cancellation)
    {
        var services = app.Services;
        await MetadataSchema.MigrateAsync(
            services.GetRequiredService<MetadataDb>(),
            services.GetRequiredService<TimeProvider>(),
            cancellation
        );
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FirstRun>().PrepareAsync(cancellation);
    }
}
