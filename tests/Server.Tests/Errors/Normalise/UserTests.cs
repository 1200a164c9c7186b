using System.Net;
using Tocsin.Server.Errors;

namespace Server.Tests.Errors.Normalise;

/// <summary>The visitor who sends is 203.0.113.7.</summary>
public class UserTests
{
    [Theory]
    [InlineData("python", """ "user":{"ip_address":"{{auto}}"} """, "203.0.113.7")]
    [InlineData("python", """ "request":{"env":{"REMOTE_ADDR":"{{auto}}"}} """, "203.0.113.7")]
    [InlineData("python", """ "request":{"env":{"REMOTE_ADDR":"198.51.100.9"}} """, "198.51.100.9")]
    [InlineData(
        "python",
        """ "user":{"ip_address":"192.0.2.1"},"request":{"env":{"REMOTE_ADDR":"198.51.100.9"}} """,
        "192.0.2.1"
    )]
    [InlineData("python", """ "user":{"id":"7"} """, null)]
    [InlineData("javascript", """ "user":{"id":"7"} """, "203.0.113.7")]
    [InlineData("cocoa", """ "message":"x" """, "203.0.113.7")]
    [InlineData("objc", """ "message":"x" """, "203.0.113.7")]
    [InlineData("node", """ "message":"x" """, null)]
    [InlineData("javascript", """ "sdk":{"settings":{"infer_ip":"never"}} """, null)]
    [InlineData("javascript", """ "user":{"ip_address":"{{auto}}"},"sdk":{"settings":{"infer_ip":"never"}} """, null)]
    [InlineData("python", """ "sdk":{"settings":{"infer_ip":"auto"}} """, "203.0.113.7")]
    [InlineData("javascript", """ "sdk":{"settings":{"infer_ip":"legacy"}} """, "203.0.113.7")]
    [InlineData("python", """ "user":{"ip_address":"2001:DB8::1"} """, "2001:db8::1")]
    [InlineData("python", """ "user":{"ip_address":"not one"} """, null)]
    public void The_address_is_filled_in_sentrys_order(string platform, string rest, string? address) =>
        SomeErrors.Normalised($$"""{"platform":"{{platform}}",{{rest}}}""").User?.IpAddress.ShouldBe(address);

    [Fact]
    public void A_v4_address_in_v6_clothes_is_shown_as_v4() =>
        SomeErrors
            .Normalised(
                """{"platform":"javascript"}""",
                SomeErrors.Around with
                {
                    ClientAddress = IPAddress.Parse("::ffff:198.51.100.9"),
                }
            )
            .User!.IpAddress.ShouldBe("198.51.100.9");

    [Fact]
    public void Nobody_is_no_user()
    {
        SomeErrors.Normalised("""{"user":{"id":"","email":null}}""").User.ShouldBeNull();
        SomeErrors.Normalised("""{"user":{"plan":"gold"}}""").User!.Data!["plan"]!.GetValue<string>().ShouldBe("gold");
    }

    [Theory]
    [InlineData("""{"id":"7","username":"jane","email":"j@x.y","ip_address":"192.0.2.1"}""", "id:7")]
    [InlineData("""{"username":"jane","email":"j@x.y"}""", "username:jane")]
    [InlineData("""{"email":"j@x.y","ip_address":"192.0.2.1"}""", "email:j@x.y")]
    [InlineData("""{"ip_address":"192.0.2.1"}""", "ip:192.0.2.1")]
    [InlineData("""{"name":"Jane"}""", null)]
    public void A_user_is_known_by_the_strongest_identifier(string user, string? key) =>
        UserKey.Of(SomeErrors.Normalised($$"""{"user":{{user}}}""").User).ShouldBe(key);
}
