using System.Data.Common;
using System.Net.Sockets;
using Tocsin.Journal.Files;
using Tocsin.Server.Access;
using Tocsin.Server.Hosting.Checks;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Hosting;

/// <summary><c>serve</c>: one process on a data directory, until it is told to stop.</summary>
static class ServeCommand
{
    public static async Task<int> RunAsync(ServerOptions options, CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(options.Data);
            using var held = new DiskFileLayer().TryLock(Path.Combine(options.Data, "lock"));
            if (held is null)
            {
                return await RefuseAsync(
                    $"{options.Data} is in use by another Tocsin. Stop it, or choose another directory with {Setting.Data.Variable}."
                );
            }
            if (LostMetadata.Find(options) is { } lost)
            {
                return await RefuseAsync($"{lost.Fact}. {lost.Remedy}");
            }
            return await ServeAsync(options, cancellation);
        }
        catch (DbException damaged) when (MetadataDamage.Is(damaged))
        {
            var remedy = options.Metadata is null ? MetadataDamage.Remedy : "Restore it from a copy.";
            return await RefuseAsync($"{DatabaseOf(options)} is damaged: {damaged.Message.ReplaceLineEndings(" ")} {remedy}");
        }
        catch (DbException exception)
        {
            return await RefuseAsync(
                $"{DatabaseOf(options)} cannot be used: {exception.Message.ReplaceLineEndings(" ")} 'doctor' says more."
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SocketException)
        {
            return await RefuseAsync($"{exception.Message} 'doctor' says more.");
        }
    }

    static async Task<int> ServeAsync(ServerOptions options, CancellationToken cancellation)
    {
        options.Memory?.BoundHeap();
        await using var app = TocsinApp.Build(options);
        switch (await app.PrepareAsync(cancellation))
        {
            case FirstRunAnswer.Refused refused:
                await Console.Error.WriteLineAsync(refused.Sentence);
                return ExitCode.Usage;
            case FirstRunAnswer.Ready ready:
                await app.StartAsync(cancellation);
                await WelcomeAsync(options, ready);
                await app.WaitForShutdownAsync(cancellation);
                return ExitCode.Done;
            default:
                return ExitCode.Failed;
        }
    }

    static async Task WelcomeAsync(ServerOptions options, FirstRunAnswer.Ready ready)
    {
        await Console.Out.WriteLineAsync($"Tocsin {Product.Version} is ready at {options.Url}");
        if (ready.SetupLink is { } link)
        {
            await Console.Out.WriteLineAsync($"Set-up link (once, 24 hours): {link}");
        }
        if (ready.Dsn is { } dsn)
        {
            await Console.Out.WriteLineAsync($"DSN of the first project:     {dsn}");
        }
    }

    static string DatabaseOf(ServerOptions options) =>
        options.Metadata is null ? options.MetadataFile : $"The database of {Setting.Metadata.Variable}";

    static async Task<int> RefuseAsync(string sentence)
    {
        await Console.Error.WriteLineAsync(sentence);
        return ExitCode.Failed;
    }
}
