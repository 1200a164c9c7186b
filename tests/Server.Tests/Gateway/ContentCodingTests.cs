using Tocsin.Server.Gateway.Bodies;

namespace Server.Tests.Gateway;

public sealed class ContentCodingTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("identity", "")]
    [InlineData("gzip", "gzip")]
    [InlineData("X-GZip", "gzip")]
    [InlineData(" Deflate ", "deflate")]
    [InlineData("BR", "br")]
    [InlineData("zstd", "zstd")]
    [InlineData("compress", "")]
    [InlineData("something-very-long-and-unknown", "")]
    [InlineData("gzip,identity, br", "gzip, br")]
    [InlineData(",,", "")]
    public void The_header_is_read_leniently(string? header, string name)
    {
        ContentCodings.TryParse(header, out var codings).ShouldBeTrue();
        ContentCodings.Name(codings).ShouldBe(name);
        ContentCodings.TryParse(name, out var again).ShouldBeTrue();
        again.ShouldBe(codings);
    }

    [Fact]
    public void More_than_three_layers_are_refused() => ContentCodings.TryParse("gzip, gzip, gzip, gzip", out _).ShouldBeFalse();
}
