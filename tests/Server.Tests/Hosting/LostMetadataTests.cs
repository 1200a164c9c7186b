using System.Net;
using Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Tocsin.Journal;
using Tocsin.Journal.Files;
using Tocsin.Protocol;
using Tocsin.Server.Gateway;
using Tocsin.Server.Hosting;
using Tocsin.Server.Hosting.Checks;
using Tocsin.Server.Pipeline;

namespace Server.Tests.Hosting;

/// <summary>A metadata.db that is gone beside what it describes: never a new installation.</summary>
public sealed class LostMetadataTests : IDisposable
{
    readonly TemporaryDirectory directory = new();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    ServerOptions Options =>
        new()
        {
            Data = directory.Path,
            Listen = new(IPAddress.Loopback, 0),
            Url = new(TocsinHost.Url),
        };

    [Theory]
    [InlineData("is missing", null)]
    [InlineData("is empty", 0)]
    [InlineData("is empty", 4096)]
    public async Task Metadata_that_is_gone_beside_segments_is_named_with_them_and_with_a_way_out(string state, int? left)
    {
        await UseAsync();
        LostMetadata.Find(Options).ShouldBeNull();

        Lose(left);

        var lost = LostMetadata.Find(Options).ShouldNotBeNull();
        lost.Fact.ShouldContain($"{Options.MetadataFile} {state}");
        lost.Fact.ShouldContain("journal: 1 file");
        lost.Remedy.ShouldNotBeNull().ShouldContain("from a copy");
        lost.Remedy.ShouldContain($"move {Options.Data} away");
    }

    [Fact]
    public async Task The_doctor_says_it_and_leaves_the_file_as_it_is()
    {
        await UseAsync();
        Lose(0);
        await File.WriteAllTextAsync(Options.MetadataFile + "-wal", "what could still be read by hand", Stop);
        using var said = new StringWriter();

        (await Doctor.RunAsync(Options, said, Stop)).ShouldBe(1);

        said.ToString().ShouldContain($"BAD  metadata   {Options.MetadataFile} is empty");
        new FileInfo(Options.MetadataFile).Length.ShouldBe(0);
        File.Exists(Options.MetadataFile + "-wal").ShouldBeTrue();
    }

    [Fact]
    public async Task A_young_database_whose_tables_are_in_its_log_is_whole()
    {
        await UseAsync();
        Lose(4096);
        await File.WriteAllBytesAsync(Options.MetadataFile + "-wal", new byte[32], Stop);

        LostMetadata.Find(Options).ShouldBeNull();
    }

    [Fact]
    public async Task Where_PostgreSQL_has_the_metadata_none_is_missed()
    {
        await UseAsync();
        Lose(null);

        LostMetadata.Find(Options with { Metadata = "Host=localhost" }).ShouldBeNull();
    }

    [Fact]
    public async Task At_no_moment_of_a_first_start_does_the_metadata_look_lost()
    {
        var files = new FaultyFileLayer(new DiskFileLayer());
        var found = new List<Finding>();
        var calls = 0;
        foreach (var operation in Enum.GetValues<FileOperation>())
        {
            files.Plant(operation, FileFault.DiskFull, Look);
        }
        LostMetadata.Find(Options).ShouldBeNull();
        await UseAsync(builder => builder.Services.AddSingleton<FileLayer>(files));

        found.ShouldBeEmpty();
        calls.ShouldBeGreaterThan(3);

        bool Look(FileCall call)
        {
            lock (found)
            {
                calls++;
                found.AddRange(new[] { LostMetadata.Find(Options) }.OfType<Finding>());
            }
            return false;
        }
    }

    /// <summary>A start, a record in the journal, a stop.</summary>
    async Task UseAsync(Action<WebApplicationBuilder>? adjust = null)
    {
        await using var host = await TocsinHost.StartAsync(_ => Options, adjust);
        var ledger = host.Get<RefusalLedger>();
        ledger.Count(1, null, Outcome.Invalid("payload"), DataCategory.Error);
        await ledger.FlushAsync();
    }

    void Lose(int? left)
    {
        File.Delete(Options.MetadataFile + "-wal");
        if (left is { } bytes)
        {
            using var file = new FileStream(Options.MetadataFile, FileMode.Open);
            file.SetLength(bytes);
        }
        else
        {
            File.Delete(Options.MetadataFile);
        }
    }

    public void Dispose() => directory.Dispose();
}
