using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tocsin.Server.Gateway;

namespace Simulation.World;

/// <summary>
/// Sends one body after the other, each in pieces as a network brings them, and each again until it is answered for good. Sometimes it hangs
/// up in the middle, as telephones do.
/// </summary>
sealed class Client(int number, Random chance, History history)
{
    static readonly IngestRoute Envelopes = IngestRoute.All.First(route => route.Door == Door.Envelope);
    static readonly IngestRoute Exports = IngestRoute.All.First(route => route.Pattern == "/api/{project}/otlp/v1/traces/");

    readonly Queue<Sending> waiting = [];

    public int Number => number;
    public bool IsSending { get; private set; }
    public bool HasMore => waiting.Count > 0;

    /// <summary>Answered with 200: promised.</summary>
    public List<Sending> Acknowledged { get; } = [];

    /// <summary>Each time that a whole body may have reached the journal.</summary>
    public List<Sending> Attempts { get; } = [];

    /// <summary>Answered with a 4xx: never to be stored.</summary>
    public List<Sending> Refused { get; } = [];

    /// <summary>Told of each attempt, acknowledgement and refusal as it happens.</summary>
    public Action<object> Told { get; set; } = _ => { };

    /// <summary>What was sent and answered before this process began.</summary>
    public void Remember(Promises promises)
    {
        Acknowledged.AddRange(promises.Acknowledged);
        Attempts.AddRange(promises.Attempts);
        Refused.AddRange(promises.Refused);
    }

    public void Give(Sending sending) => waiting.Enqueue(sending);

    /// <summary>The server is gone: what was on its way has no answer and is sent again.</summary>
    public void Disconnect() => IsSending = false;

    public Task Send(Life life, SeededScheduler scheduler)
    {
        IsSending = true;
        return scheduler.Start(() => SendAsync(life, scheduler));
    }

    async Task SendAsync(Life life, SeededScheduler scheduler)
    {
        var sending = waiting.Peek();
        var hangsUp = chance.Next(15) == 0;
        if (!hangsUp)
        {
            Attempts.Add(sending);
            Told(new CrashStates.Attempted(sending));
        }
        var http = Request(sending, out var pipe, scheduler);
        var handling = life.Reception.HandleAsync(http, RouteOf(sending));
        await WriteAsync(sending, pipe.Writer, hangsUp);
        await handling;
        history.Add($"client {number} sending {sending.Number} answered {http.Response.StatusCode}");
        if (!hangsUp)
        {
            Take(sending, http.Response.StatusCode);
        }
        IsSending = false;
    }

    static IngestRoute RouteOf(Sending sending) => sending.Content == Content.Export ? Exports : Envelopes;

    void Take(Sending sending, int status)
    {
        switch (status)
        {
            case StatusCodes.Status200OK:
                Acknowledged.Add(sending);
                Told(new CrashStates.Acknowledged(sending));
                break;
            case StatusCodes.Status503ServiceUnavailable:
                return;
            case StatusCodes.Status400BadRequest when sending.Content == Content.Broken:
                Refused.Add(sending);
                Told(new CrashStates.Refused(sending));
                break;
            default:
                throw new SimulationException($"Sending {sending.Number} was answered with {status}.");
        }
        waiting.Dequeue();
    }

    async Task WriteAsync(Sending sending, PipeWriter writer, bool hangsUp)
    {
        var written = 0;
        var until = hangsUp ? chance.Next(sending.Body.Length) : sending.Body.Length;
        while (written < until)
        {
            await Task.Yield();
            var count = Math.Min(until - written, 1 + chance.Next(300 + sending.Body.Length / 4));
            await writer.WriteAsync(sending.Body.AsMemory(written, count));
            written += count;
        }
        await writer.CompleteAsync(hangsUp ? new IOException("The client hung up.") : null);
    }

    static DefaultHttpContext Request(Sending sending, out Pipe pipe, SeededScheduler scheduler)
    {
        pipe = new Pipe(
            new PipeOptions(
                readerScheduler: scheduler.Pipes,
                writerScheduler: scheduler.Pipes,
                pauseWriterThreshold: 0,
                resumeWriterThreshold: 0,
                useSynchronizationContext: false
            )
        );
        var http = new DefaultHttpContext();
        http.Features.Set<IRequestBodyPipeFeature>(new Body(pipe.Reader));
        http.Request.Method = HttpMethods.Post;
        http.Request.Path = RouteOf(sending).Pattern.Replace("{project}", sending.Project, StringComparison.Ordinal);
        http.Request.ContentType = sending.Content == Content.Export ? "application/json" : "application/x-sentry-envelope";
        http.Request.RouteValues["project"] = sending.Project;
        http.Request.Headers["X-Sentry-Auth"] =
            $"Sentry sentry_version=7, sentry_client=sim/1.0, sentry_key={(sending.Project == "42" ? MetadataFile.ShopKey : MetadataFile.DeskKey)}";
        if (sending.Coding is not null)
        {
            http.Request.Headers.ContentEncoding = sending.Coding;
        }
        http.Response.Body = Stream.Null;
        return http;
    }

    sealed class Body(PipeReader reader) : IRequestBodyPipeFeature
    {
        public PipeReader Reader => reader;
    }
}
