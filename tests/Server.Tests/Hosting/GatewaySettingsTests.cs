using Tocsin.Server.Hosting;

namespace Server.Tests.Hosting;

public sealed class GatewaySettingsTests
{
    [Fact]
    public void Without_settings_the_limits_are_the_usual_ones()
    {
        using var directory = new TemporaryDirectory();

        var options = SettingsReader.Read(new Dictionary<string, string>(), directory.Path, out _).ShouldNotBeNull();

        options.Gateway.ShouldBe(new());
    }

    [Fact]
    public void A_memory_bound_is_divided_among_those_who_take_much()
    {
        using var directory = new TemporaryDirectory();
        var options = SettingsReader
            .Read(new Dictionary<string, string> { ["TOCSIN_MEMORY"] = "768" }, directory.Path, out _)
            .ShouldNotBeNull();

        var memory = options.Memory.ShouldNotBeNull();
        (memory.Telemetry + memory.Heap).ShouldBeLessThan(768 << 20);
        (memory.Heap - memory.Bodies).ShouldBeGreaterThanOrEqualTo(96 << 20, "batches are made of them");
        options.Gateway.Held.ShouldBe(192 << 20);
        options.Gateway.Envelope.Envelope.ShouldBe(96 << 20, "the largest envelope must not wait for itself");
        options.Gateway.Envelope.Attachment.Item.ShouldBe(96 << 20);
    }

    [Theory]
    [InlineData("TOCSIN_MEMORY must be a whole number of MiB from 768, not '100'.", "100", null)]
    [InlineData("TOCSIN_MEMORY must be a whole number of MiB from 768, not '1 GB'.", "1 GB", null)]
    [InlineData("TOCSIN_MAX_ENVELOPE needs TOCSIN_MEMORY to be at least 1600.", "768", "200")]
    public void A_memory_bound_that_cannot_be_kept_is_refused(string expected, string memory, string? envelope)
    {
        using var directory = new TemporaryDirectory();
        var values = new Dictionary<string, string> { ["TOCSIN_MEMORY"] = memory };
        if (envelope is not null)
        {
            values["TOCSIN_MAX_ENVELOPE"] = envelope;
        }

        SettingsReader.Read(values, directory.Path, out var error).ShouldBeNull();

        error.ShouldBe(expected);
    }

    [Fact]
    public void Quotas_and_sizes_are_read()
    {
        using var directory = new TemporaryDirectory();

        var gateway = SettingsReader
            .Read(
                new Dictionary<string, string>
                {
                    ["TOCSIN_KEY_QUOTA"] = "1000/60",
                    ["TOCSIN_PROJECT_QUOTA"] = "5/1",
                    ["TOCSIN_KEY_REQUESTS"] = "7/2",
                    ["TOCSIN_MAX_EVENT"] = "2",
                    ["TOCSIN_MAX_ATTACHMENTS"] = "3",
                    ["TOCSIN_MAX_ENVELOPE"] = "200",
                    ["TOCSIN_MAX_COMPRESSED"] = "5",
                },
                directory.Path,
                out _
            )
            .ShouldNotBeNull()
            .Gateway;

        gateway.KeyQuota.ShouldBe(new(1000, 60));
        gateway.ProjectQuota.ShouldBe(new(5, 1));
        gateway.KeyRequests.ShouldBe(new(7, 2));
        gateway.Envelope.Event.Item.ShouldBe(2 << 20);
        gateway.Envelope.Event.Total.ShouldBe(2 << 20);
        gateway.Envelope.Attachment.Item.ShouldBe(3 << 20);
        gateway.Envelope.Envelope.ShouldBe(200 << 20);
        gateway.Compressed.ShouldBe(5 << 20);
        gateway.Held.ShouldBe(400 << 20);
    }

    [Theory]
    [InlineData("TOCSIN_KEY_QUOTA", "many")]
    [InlineData("TOCSIN_KEY_QUOTA", "10")]
    [InlineData("TOCSIN_PROJECT_QUOTA", "0/60")]
    [InlineData("TOCSIN_KEY_REQUESTS", "1/-1")]
    [InlineData("TOCSIN_MAX_EVENT", "0")]
    [InlineData("TOCSIN_MAX_ENVELOPE", "201")]
    [InlineData("TOCSIN_MAX_COMPRESSED", "1.5")]
    public void A_wrong_value_is_named(string variable, string value)
    {
        using var directory = new TemporaryDirectory();

        SettingsReader.Read(new Dictionary<string, string> { [variable] = value }, directory.Path, out var error).ShouldBeNull();

        error.ShouldNotBeNull().ShouldStartWith(variable);
        error.ShouldEndWith($"not '{value}'.");
    }
}
