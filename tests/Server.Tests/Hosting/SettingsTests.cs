using Server.Tests.Countries;
using Tocsin.Server.Hosting;

namespace Server.Tests.Hosting;

public sealed class SettingsTests : IDisposable
{
    readonly string directory = Directory.CreateTempSubdirectory("tocsin-settings-").FullName;

    [Theory]
    [InlineData("TOCSIN_LISTEN", "nine thousand")]
    [InlineData("TOCSIN_LISTEN", "127.0.0.1")]
    [InlineData("TOCSIN_OTLP_GRPC", "4317")]
    [InlineData("TOCSIN_URL", "tocsin.example.com")]
    [InlineData("TOCSIN_URL", "ftp://tocsin.example.com")]
    [InlineData("TOCSIN_BOOTSTRAP_KEY", "0123")]
    [InlineData("TOCSIN_BOOTSTRAP_KEY", "9F3C1E5A7B2D4C6E8F0A1B2C3D4E5F60")]
    [InlineData("TOCSIN_BOOTSTRAP_PROJECT_ID", "0")]
    [InlineData("TOCSIN_BOOTSTRAP_PROJECT_ID", "first")]
    [InlineData("TOCSIN_TRUSTED_PROXIES", "10.0.0.1, proxy")]
    [InlineData("TOCSIN_GEO_COUNTRIES", "nowhere.mmdb")]
    [InlineData("TOCSIN_LISTN", "127.0.0.1:9000")]
    public void A_wrong_variable_is_named_in_one_line(string name, string value)
    {
        Read(out var error, (name, value)).ShouldBeNull();

        error.ShouldNotBeNull().ShouldContain(name);
        error.ShouldNotContain('\n');
    }

    [Fact]
    public void Without_any_setting_the_server_listens_on_loopback_and_keeps_its_data_beside()
    {
        var options = Read(out _).ShouldNotBeNull();

        options.Listen.ToString().ShouldBe("127.0.0.1:9000");
        options.Url.ToString().ShouldBe("http://127.0.0.1:9000/");
        options.Data.ShouldBe(Path.Combine(directory, "data"));
    }

    [Fact]
    public void Countries_are_those_of_the_file_that_is_set_or_lies_in_the_data_directory()
    {
        Directory.CreateDirectory(Path.Combine(directory, "data"));
        var (set, laid) = (Path.Combine(directory, "set.mmdb"), Path.Combine(directory, "data", "countries.mmdb"));
        Read(out _).ShouldNotBeNull().Countries.Of("203.0.113.7").ShouldBeNull();
        File.WriteAllBytes(laid, SomeCountryFile.Usual.ToBytes());
        File.WriteAllBytes(set, new SomeCountryFile().With("203.0.113.0/24", "DE").ToBytes());

        Read(out _).ShouldNotBeNull().Countries.Of("203.0.113.7").ShouldBe("AT");
        Read(out _, ("TOCSIN_GEO_COUNTRIES", "set.mmdb")).ShouldNotBeNull().Countries.Of("203.0.113.7").ShouldBe("DE");
    }

    [Fact]
    public void A_damaged_file_of_countries_is_named_with_its_setting_wherever_it_lies()
    {
        Directory.CreateDirectory(Path.Combine(directory, "data"));
        var laid = Path.Combine(directory, "data", "countries.mmdb");
        File.WriteAllBytes(laid, SomeCountryFile.Usual.ToBytes()[..900]);

        Read(out var error).ShouldBeNull();

        error.ShouldBe(
            $"TOCSIN_GEO_COUNTRIES must be a MaxMind DB file that says countries: {laid} is no MaxMind DB file, or was cut off."
        );
    }

    [Fact]
    public void The_environment_wins_over_the_file()
    {
        File.WriteAllText(
            Path.Combine(directory, "tocsin.json"),
            """{"listen":"127.0.0.1:1","url":"https://errors.example.com"}"""
        );

        var options = Read(out _, ("TOCSIN_LISTEN", "127.0.0.1:2")).ShouldNotBeNull();

        options.Listen.Port.ShouldBe(2);
        options.Url.Host.ShouldBe("errors.example.com");
    }

    [Fact]
    public void OpenTelemetry_over_gRPC_is_listened_for_where_an_address_is_set()
    {
        Read(out _).ShouldNotBeNull().OtlpGrpc.ShouldBeNull();
        Read(out _, ("TOCSIN_OTLP_GRPC", "127.0.0.1:4317")).ShouldNotBeNull().OtlpGrpc!.Port.ShouldBe(4317);
    }

    [Theory]
    [InlineData("""{"lisen":"127.0.0.1:1"}""", "lisen")]
    [InlineData("""[]""", "tocsin.json")]
    [InlineData("""{"listen":""", "tocsin.json")]
    public void A_wrong_file_is_named_with_what_is_wrong(string content, string named)
    {
        File.WriteAllText(Path.Combine(directory, "tocsin.json"), content);

        Read(out var error).ShouldBeNull();

        error.ShouldNotBeNull().ShouldContain(named);
    }

    ServerOptions? Read(out string? error, params (string Name, string Value)[] variables) =>
        SettingsReader.Read(variables.ToDictionary(variable => variable.Name, variable => variable.Value), directory, out error);

    public void Dispose() => Directory.Delete(directory, recursive: true);
}
