using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Metadata;
using Tocsin.Server.Issues;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Pipeline;

/// <summary>An issue was created, counted or came back. Count: events that the news stands for.</summary>
sealed record LiveIssueShape(
    string IssueId,
    string ProjectId,
    string ShortId,
    bool IsNew,
    bool IsRegression,
    string EventId,
    string Title,
    int Count
);

sealed record LiveProjectShape(string ProjectId, bool FirstEvent);

/// <summary>Server-sent events until the reader goes away. A comment now and then keeps proxies from closing a quiet connection.</summary>
sealed class LiveStream(long organizationId, LiveUpdates updates, ProjectDirectory projects) : IResult, IEndpointMetadataProvider
{
    static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(
            httpContext.RequestAborted,
            httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping
        );
        await using var news = updates.ListenAsync(organizationId, ended.Token).GetAsyncEnumerator(ended.Token);
        var next = news.MoveNextAsync().AsTask();
        try
        {
            await WriteAsync(response, ": here\n\n", ended.Token);
            while (true)
            {
                if (await Task.WhenAny(next, Task.Delay(Beat, TimeProvider.System, ended.Token)) != next)
                {
                    await WriteAsync(response, ": beat\n\n", ended.Token);
                }
                else if (await next)
                {
                    await WriteAsync(response, Format(news.Current), ended.Token);
                    next = news.MoveNextAsync().AsTask();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The page was closed, or the server stops.
        }
        finally
        {
            // The listener can be let go only when it no longer waits for news.
            await ended.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    static async Task WriteAsync(HttpResponse response, string text, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);
        await response.Body.FlushAsync(cancellation);
    }

    string Format(LiveUpdate update) =>
        update switch
        {
            LiveUpdate.OfIssue { Change: var change } =>
                $"event: issue\ndata: {JsonSerializer.Serialize(Shape(change), LiveJson.Default.LiveIssueShape)}\n\n",
            LiveUpdate.FirstEvent { ProjectId: var id } =>
                $"event: project\ndata: {JsonSerializer.Serialize(new(Text(id), true), LiveJson.Default.LiveProjectShape)}\n\n",
            _ => "",
        };

    LiveIssueShape Shape(IssueChange change) =>
        new(
            Text(change.IssueId),
            Text(change.ProjectId),
            ShortId.Format(projects.Get(change.ProjectId)?.Slug ?? "", change.ShortId),
            change.Kind == IssueChangeKind.Created,
            change.Kind is IssueChangeKind.Regressed or IssueChangeKind.Escalated,
            change.EventId.ToString(),
            change.Title,
            change.Events
        );

    static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(200, typeof(LiveIssueShape), ["text/event-stream"]));
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(LiveIssueShape))]
[JsonSerializable(typeof(LiveProjectShape))]
sealed partial class LiveJson : JsonSerializerContext;
