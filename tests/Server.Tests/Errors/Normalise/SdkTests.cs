using System.Text;
using Tocsin.Protocol.Envelopes;
using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.Normalise;

namespace Server.Tests.Errors.Normalise;

/// <summary>Who sent the event: as the event says, else as its envelope does, else as the client did when it authenticated.</summary>
public class SdkTests
{
    const string Described =
        """{"sdk":{"name":"sentry.x","version":"9","packages":[{"name":"p","version":"1"}],"settings":{"infer_ip":"auto"}}}""";

    [Theory]
    [InlineData("""{"sdk":{"name":"sentry.y","version":"1"}}""", Described, "sentry.y", "1")]
    [InlineData("{}", Described, "sentry.x", "9")]
    [InlineData("""{"sdk":null}""", Described, "sentry.x", "9")]
    [InlineData("""{"sdk":{"version":"7"}}""", Described, "sentry.x", "7")]
    [InlineData("{}", """{"sdk":{"version":"9"}}""", "raven", "2")]
    [InlineData("{}", """{"sdk":[]}""", "raven", "2")]
    [InlineData("{}", "{}", "raven", "2")]
    public void The_nearest_that_names_itself_is_the_one(string json, string header, string name, string version)
    {
        var sdk = SomeErrors.Normalised(json, Around(header)).Sdk.ShouldNotBeNull();
        (sdk.Name, sdk.Version).ShouldBe((name, version));
    }

    [Fact]
    public void A_name_without_end_is_cut_whoever_says_it()
    {
        var (name, version) = (new string('n', 3000), new string('9', 3000));
        var named = $$"""{"sdk":{"name":"{{name}}","version":"{{version}}"} }""";
        List<SdkDescription?> all =
        [
            SomeErrors.Normalised(named).Sdk,
            SomeErrors.Normalised("{}", Around(named)).Sdk,
            SomeErrors.Normalised("{}", SomeErrors.Around with { Client = $"{name}/{version}" }).Sdk,
        ];
        foreach (var sdk in all)
        {
            (sdk!.Name!.Length, sdk.Version!.Length).ShouldBe((128, 128));
        }
    }

    [Fact]
    public void What_the_envelope_says_of_its_client_holds_for_the_event()
    {
        var e = SomeErrors.Normalised("""{"platform":"python"}""", Around(Described));
        e.Sdk!.Packages.ShouldHaveSingleItem().Name.ShouldBe("p");
        e.User!.IpAddress.ShouldBe("203.0.113.7", "the client asks for it in its settings");
    }

    static Circumstances Around(string header)
    {
        Envelope.TryRead(Encoding.UTF8.GetBytes(header + "\n"), new(), out var envelope, out _).ShouldBeTrue();
        return SomeErrors.Around with { Client = "raven/2", Envelope = envelope.Header };
    }
}
