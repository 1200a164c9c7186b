using Tocsin.Server.Countries;

namespace Server.Tests.Countries;

public sealed class CountryFileTests : IDisposable
{
    readonly TemporaryDirectory directory = new();

    [Theory]
    [InlineData(24, true, false)]
    [InlineData(28, true, true)]
    [InlineData(32, true, false)]
    [InlineData(24, false, true)]
    [InlineData(28, false, false)]
    [InlineData(32, false, true)]
    public void An_address_of_IPv4_has_the_country_of_its_network(int recordBits, bool isV6, bool isNested)
    {
        var file = new SomeCountryFile(recordBits, isV6, isNested);
        var countries = file.With("192.0.2.0/24", "DE").With("198.51.100.0/25", "FR").With("198.51.100.128/25", "IT").ToTable();

        countries.Of("192.0.2.0").ShouldBe("DE");
        countries.Of("192.0.2.255").ShouldBe("DE");
        countries.Of("198.51.100.127").ShouldBe("FR");
        countries.Of("198.51.100.128").ShouldBe("IT");
        countries.Of("192.0.3.0").ShouldBeNull();
        countries.Of("192.0.1.255").ShouldBeNull();
        (countries.Count, countries.Built).ShouldBe((3, new(2026, 6, 18)));
    }

    [Theory]
    [InlineData(24, false)]
    [InlineData(28, true)]
    [InlineData(32, false)]
    public void An_address_of_IPv6_has_the_country_of_its_network(int recordBits, bool isNested)
    {
        var file = new SomeCountryFile(recordBits, isNested: isNested);
        var countries = file.With("2001:db8:1::/48", "CH").With("203.0.113.0/24", "AT").ToTable();

        countries.Of("2001:db8:1::7").ShouldBe("CH");
        countries.Of("2001:db8:1:ffff:ffff:ffff:ffff:ffff").ShouldBe("CH");
        countries.Of("2001:db8:2::").ShouldBeNull();
        countries.Of("::1").ShouldBeNull();
    }

    [Fact]
    public void An_address_of_IPv4_written_as_one_of_IPv6_is_the_same_address()
    {
        SomeCountryFile.Usual.ToTable().Of("::ffff:203.0.113.7").ShouldBe("AT");
        new SomeCountryFile(isV6: false).With("203.0.113.0/24", "AT").ToTable().Of("::ffff:203.0.113.7").ShouldBe("AT");
    }

    [Fact]
    public void A_file_of_IPv4_knows_no_address_of_IPv6()
    {
        var countries = new SomeCountryFile(isV6: false).With("0.0.0.0/1", "DE").With("128.0.0.0/1", "DE").ToTable();

        countries.Of("9.9.9.9").ShouldBe("DE");
        countries.Of("2001:db8:1::7").ShouldBeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("somewhere")]
    [InlineData("{{auto}}")]
    [InlineData("203.0.113.7:80 ")]
    [InlineData("10.0.0.1")]
    public void What_is_no_address_or_not_in_the_file_has_no_country(string? address) =>
        SomeCountryFile.Usual.ToTable().Of(address).ShouldBeNull();

    [Fact]
    public void Only_codes_of_two_letters_are_taken_and_as_capitals()
    {
        var file = new SomeCountryFile().With("192.0.2.0/24", "de").With("198.51.100.0/24", "Germany");
        var countries = file.With("203.0.113.0/24", "1A").ToTable();

        countries.Of("192.0.2.1").ShouldBe("DE");
        countries.Of("198.51.100.1").ShouldBeNull();
        countries.Of("203.0.113.1").ShouldBeNull();
    }

    [Fact]
    public void A_file_that_is_missing_cut_off_of_another_kind_or_without_countries_is_refused_with_what_is_wrong()
    {
        var whole = SomeCountryFile.Usual.ToBytes();

        FaultOf(null).ShouldBe("does not exist");
        FaultOf([]).ShouldContain("cut off");
        FaultOf(whole[..^200]).ShouldContain("cut off");
        FaultOf(whole[..^100]).ShouldContain("is damaged");
        FaultOf(whole[200..]).ShouldContain("does not fit");
        FaultOf(new SomeCountryFile(recordBits: 20).With("192.0.2.0/24", "DE").ToBytes()).ShouldContain("of a kind");
        FaultOf(new SomeCountryFile().With("192.0.2.0/24", "Germany").ToBytes()).ShouldBe("says no countries");
        FaultOf([.. whole[..900], .. whole[906..]]).ShouldContain("leads out of it");
    }

    [Fact]
    public void A_file_with_any_byte_turned_is_read_or_refused_and_answers_every_address()
    {
        var whole = new SomeCountryFile(28, isNested: true).With("192.0.0.0/5", "DE").With("2000::/3", "CH").ToBytes();
        var refused = 0;
        for (var at = 0; at < whole.Length; at++)
        {
            foreach (var turned in new byte[] { 0x01, 0x80, 0xFF })
            {
                var bytes = whole.ToArray();
                bytes[at] ^= turned;
                if (TryRead(bytes, out var fault) is not { } countries)
                {
                    fault.ShouldNotBeNullOrEmpty();
                    refused++;
                    continue;
                }
                foreach (var address in new[] { "192.0.2.1", "0.0.0.0", "255.255.255.255", "2001:db8::1", "::", "ffff::" })
                {
                    (countries.Of(address)?.Length ?? 2).ShouldBe(2);
                }
            }
        }
        refused.ShouldBeGreaterThan(100);
    }

    public void Dispose() => directory.Dispose();

    string FaultOf(byte[]? bytes)
    {
        TryRead(bytes, out var fault).ShouldBeNull();
        return fault.ShouldNotBeNull();
    }

    /// <param name="bytes">Null: there is no file.</param>
    CountryTable? TryRead(byte[]? bytes, out string? fault)
    {
        var path = Path.Combine(directory.Path, "countries.mmdb");
        File.Delete(path);
        if (bytes is not null)
        {
            File.WriteAllBytes(path, bytes);
        }
        return CountryFile.Read(path, out fault);
    }
}
