using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Tocsin.Protocol.Events;
using Tocsin.Server.Countries;
using Tocsin.Server.Errors;
using Tocsin.Server.Errors.Normalise;
using Tocsin.Server.Gateway;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;

namespace Server.Tests.Errors;

/// <summary>Events and what surrounds them, on the day on which the samples were captured.</summary>
static class SomeErrors
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 18, 40, 0, TimeSpan.Zero);

    static readonly IMeterFactory Meters = new ServiceCollection()
        .AddMetrics()
        .BuildServiceProvider()
        .GetRequiredService<IMeterFactory>();

    public static ErrorPipeline Pipeline { get; } = new(new ErrorMeter(Meters), new(new()), CountryTable.None);

    public static Circumstances Around { get; } = new() { Received = Now, ClientAddress = IPAddress.Parse("203.0.113.7") };

    public static ErrorEvent Read(string json)
    {
        EventReader.TryRead(Encoding.UTF8.GetBytes(json), out var e, out var refusal).ShouldBeTrue(refusal?.Message);
        return e!;
    }

    public static ErrorEvent Normalised(string json, Circumstances? around = null) =>
        Normaliser.Normalise(Read(json), around ?? Around);

    public static PreparedError Prepared(string json, ProjectOptions? options = null) =>
        Pipeline.Prepare(Context("event", options), Encoding.UTF8.GetBytes(json)).ShouldBeOfType<PreparedError>();

    public static ItemContext Context(string itemType, ProjectOptions? options = null) =>
        new()
        {
            Position = 1,
            Index = 0,
            ItemType = itemType,
            Receipt = new()
            {
                Door = Door.Envelope,
                ProjectId = 42,
                Received = (Now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond,
                RemoteAddress = IPAddress.Parse("203.0.113.7"),
            },
            Project = new()
            {
                Id = 42,
                Slug = "shop",
                OrganizationId = 1,
                OrganizationSlug = "acme",
                Keys = [],
                Options = options ?? ProjectOptions.Default,
            },
        };
}
