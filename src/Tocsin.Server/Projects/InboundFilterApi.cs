using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access;
using Tocsin.Server.Api;

namespace Tocsin.Server.Projects;

/// <summary>Switching the inbound filters. What they look for is the Errors room's.</summary>
static class InboundFilterApi
{
    const string LegacyBrowsers = "legacy-browsers";

    // Id, and what the settings page says about it.
    static readonly IReadOnlyList<(string Id, string Description)> Known =
    [
        ("browser-extensions", "Errors of browser extensions."),
        ("localhost", "Events from localhost."),
        ("web-crawlers", "Errors of known web crawlers."),
        (LegacyBrowsers, "Errors of browsers that nobody supports any more."),
        ("filtered-transaction", "Transactions of health checks."),
        ("react-hydration-errors", "React's hydration errors."),
        ("chunk-load-error", "Chunks that a page could not load after a deployment."),
    ];

    static readonly IReadOnlySet<string> Browsers = new HashSet<string>
    {
        "ie",
        "edge",
        "safari",
        "firefox",
        "chrome",
        "opera",
        "android",
        "opera_mini",
        "ie_pre_9",
        "ie9",
        "ie10",
        "ie11",
        "opera_pre_15",
        "android_pre_4",
        "safari_pre_6",
        "opera_mini_pre_8",
        "edge_pre_79",
    };

    public static void MapInboundFilters(this GatedRoutes routes)
    {
        routes.Project.Get("/filters/", Scope.ProjectRead, List);
        routes.Project.Put("/filters/{filter}/", Scope.ProjectWrite, UpdateAsync);
    }

    /// <summary>All filters; <c>active</c> is yes or no, for legacy browsers also the list of those that are filtered.</summary>
    internal static Ok<IReadOnlyList<FilterShape>> List(Tenant tenant)
    {
        var options = tenant.Project.Options;
        return TypedResults.Ok<IReadOnlyList<FilterShape>>([
            .. Known.Select(filter => new FilterShape(filter.Id, Active(options, filter.Id), filter.Description)),
        ]);
    }

    /// <summary>Switches one filter on or off, or names the browsers.</summary>
    internal static async Task<Results<NoContent, ApiError>> UpdateAsync(
        Tenant tenant,
        string filter,
        FilterBody body,
        ProjectCommands commands,
        CancellationToken cancellation
    )
    {
        if (Known.All(known => known.Id != filter))
        {
            return ApiError.NotFound();
        }
        if (body.Subfilters is { } wanted && (filter != LegacyBrowsers || !wanted.All(Browsers.Contains)))
        {
            return ApiError.Field("subfilters", "Only legacy-browsers has subfilters, and only of known browsers.");
        }
        if (body is { Active: null, Subfilters: null })
        {
            return ApiError.Field("active", "Either active or subfilters is required.");
        }
        var on = body.Subfilters is { } named ? named.Count > 0 : body.Active!.Value;
        await commands.UpdateAsync(
            tenant.Project.Id,
            new()
            {
                Options = options =>
                    options with
                    {
                        Filters = [.. options.Filters.Where(id => id != filter), .. on ? (string[])[filter] : []],
                        LegacyBrowsers = filter == LegacyBrowsers ? body.Subfilters ?? [] : options.LegacyBrowsers,
                    },
            },
            cancellation
        );
        return TypedResults.NoContent();
    }

    static object Active(ProjectOptions options, string filter)
    {
        var on = options.Filters.Contains(filter);
        return on && filter == LegacyBrowsers && options.LegacyBrowsers.Count > 0 ? options.LegacyBrowsers : on;
    }
}

/// <summary>Active: a boolean, or a list of subfilters.</summary>
sealed record FilterShape(string Id, object Active, string Description);

sealed record FilterBody(bool? Active, IReadOnlyList<string>? Subfilters);
