using Tocsin.Server.Errors.Grouping.V1;

namespace Server.Tests.Errors.Grouping;

public class ParameterisationTests
{
    [Theory]
    [InlineData("user jane@shop.example left", "user <email> left")]
    [InlineData("GET https://shop.example/cart?id=7 failed", "GET <url> failed")]
    [InlineData("cannot reach db1.shop.com", "cannot reach <hostname>")]
    [InlineData("from 10.0.0.1 to fe80::1ff:fe23:4567:890a", "from <ip> to <ip>")]
    [InlineData("trace 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "trace <traceparent>")]
    [InlineData("id 7c9e6679-7425-40de-944b-e07fc1f90ae7 unknown", "id <uuid> unknown")]
    [InlineData("commit a94a8fe5ccb19ba61c4c0873d391e987982fbbd3", "commit <sha1>")]
    [InlineData("hash 5d41402abc4b2a76b9719d911017c592", "hash <md5>")]
    [InlineData("at 2026-11-20T18:40:00.123Z", "at <date>")]
    [InlineData("at 2026-11-20 18:40:00", "at <date>")]
    [InlineData("Fri, 20 Nov 2026 18:40:00 GMT", "<date>")]
    [InlineData("Nov 20, 2026", "<date>")]
    [InlineData("at 18:40:01", "at <date>")]
    [InlineData("took 12ms or 1.5s", "took <duration> or <duration>")]
    [InlineData("at 0x7ffe and deadbeef01", "at <hex> and <hex>")]
    [InlineData("order 4711123456", "order <hex>")]
    [InlineData("rev 1a2b3c4", "rev <git_sha>")]
    [InlineData("ratio 3.14e-2", "ratio <float>")]
    [InlineData("retry 3 of 10", "retry <int> of <int>")]
    [InlineData("offset -7", "offset <int>")]
    [InlineData("step-7", "step-<int>")]
    [InlineData("utf8 in v8", "utf8 in v8")]
    [InlineData("name='jane' ok=true", "name=<quoted_str> ok=<bool>")]
    [InlineData("it is true and 'fine'", "it is true and 'fine'")]
    [InlineData("console.info is not a function", "console.info is not a function")]
    [InlineData("std::vector at 7", "std::vector at <int>")]
    [InlineData("no parameters here", "no parameters here")]
    public void Variable_parts_become_their_kind(string message, string expected) =>
        Parameterisation.Apply(message).ShouldBe(expected);

    [Fact]
    public void Doing_it_twice_changes_nothing_more()
    {
        const string message = "user 7 <int> at 10.0.0.1, 2026-11-20, id=7c9e6679-7425-40de-944b-e07fc1f90ae7";
        var once = Parameterisation.Apply(message);
        Parameterisation.Apply(once).ShouldBe(once);
    }

    [Fact]
    public void A_message_beyond_the_limit_is_left_alone()
    {
        var message = string.Concat(Enumerable.Repeat("7 ", 4097));
        Parameterisation.Apply(message).ShouldBe(message);
    }
}
