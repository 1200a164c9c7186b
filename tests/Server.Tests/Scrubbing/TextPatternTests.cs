using Tocsin.Protocol.Events;
using Tocsin.Server.Projects;
using Tocsin.Server.Scrubbing;

namespace Server.Tests.Scrubbing;

public class TextPatternTests
{
    [Theory]
    [InlineData("paid with 4111111111111111", "paid with [Filtered]")]
    [InlineData("4571234567890111", "[Filtered]")]
    [InlineData("card 4111-1111-1111-1111.", "card [Filtered].")]
    [InlineData("5500 0000 0000 0004 ok", "[Filtered] ok")]
    [InlineData("amex 378282246310005", "amex [Filtered]")]
    [InlineData("amex 3782 822463 10005", "amex [Filtered]")]
    [InlineData("1795198759432579", "1795198759432579")]
    [InlineData("0.4532015112830366", "0.4532015112830366")]
    [InlineData("a4111111111111111", "a4111111111111111")]
    [InlineData("7c9e6679-7425-40de-944b-e07fc1f90ae7", "7c9e6679-7425-40de-944b-e07fc1f90ae7")]
    public void A_number_of_a_credit_card_goes_and_other_digits_stay(string text, string scrubbed) =>
        Scrub(text).ShouldBe(scrubbed);

    [Theory]
    [InlineData("to DE89370400440532013000", "to [Filtered]")]
    [InlineData("GB29 NWBK 6016 1331 9268 19 NOW", "[Filtered] NOW")]
    [InlineData("BE68 5390 0754 7034 PAID", "[Filtered] PAID")]
    [InlineData("DE8937040044", "DE8937040044")]
    [InlineData("XX89370400440532013000", "XX89370400440532013000")]
    [InlineData("ERR12ABCD", "ERR12ABCD")]
    public void A_bank_account_goes_where_it_has_the_length_of_its_country(string text, string scrubbed) =>
        Scrub(text).ShouldBe(scrubbed);

    [Theory]
    [InlineData(
        "-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----[Filtered]-----END RSA PRIVATE KEY-----"
    )]
    [InlineData("-----BEGIN PUBLIC KEY-----MII", "-----BEGIN PUBLIC KEY-----[Filtered]")]
    [InlineData("-----BEGIN CERTIFICATE-----MII", "-----BEGIN CERTIFICATE-----MII")]
    public void The_body_of_a_key_goes(string text, string scrubbed) => Scrub(text).ShouldBe(scrubbed);

    [Theory]
    [InlineData("postgres://shop:hunter2@db/shop", "postgres://[Filtered]@db/shop")]
    [InlineData("https://key@host/1 and redis://:x@y", "https://[Filtered]@host/1 and redis://[Filtered]@y")]
    [InlineData("https://host/@user", "https://host/@user")]
    [InlineData("mail jane@shop.example", "mail jane@shop.example")]
    public void Credentials_in_an_address_go(string text, string scrubbed) => Scrub(text).ShouldBe(scrubbed);

    [Theory]
    [InlineData("/home/jane/app/x.py", "/home/[Filtered]/app/x.py")]
    [InlineData("/Users/jane", "/Users/[Filtered]")]
    [InlineData(@"C:\Users\Jane Doe\x", @"C:\Users\[Filtered] Doe\x")]
    [InlineData("file:///home/jane/x", "file:///home/[Filtered]/x")]
    [InlineData("https://shop.example/home/cart", "https://shop.example/home/cart")]
    [InlineData("/api/users/7", "/api/users/7")]
    [InlineData("/srv/home/jane", "/srv/home/jane")]
    public void The_name_of_a_home_directory_goes(string text, string scrubbed) => Scrub(text).ShouldBe(scrubbed);

    [Theory]
    [InlineData("ssn 078-05-1120", "ssn [Filtered]")]
    [InlineData("1078-05-1120", "1078-05-1120")]
    [InlineData("078-05-1120-7", "078-05-1120-7")]
    [InlineData("2026-11-20", "2026-11-20")]
    public void A_social_security_number_goes_where_it_stands_alone(string text, string scrubbed) =>
        Scrub(text).ShouldBe(scrubbed);

    [Theory]
    [InlineData("my password is x", true)]
    [InlineData("client_secret here", true)]
    [InlineData("Authorization failed", true)]
    [InlineData("{\"api-key\":1}", true)]
    [InlineData("access_token=abc", true)]
    [InlineData("\"token\": \"x\"", true)]
    [InlineData("Bearer abcdef", true)]
    [InlineData("invalid token", false)]
    [InlineData("the author wrote", false)]
    [InlineData("bearer", false)]
    [InlineData("passport", false)]
    public void A_word_may_make_a_text_secret(string text, bool secret) => (Scrub(text) == "[Filtered]").ShouldBe(secret);

    [Theory]
    [InlineData("db_password", true)]
    [InlineData("X-Api-Key", true)]
    [InlineData("AUTHORIZATION", true)]
    [InlineData("csrfToken", true)]
    [InlineData("otp", true)]
    [InlineData("two_factor", true)]
    [InlineData("privateKey", true)]
    [InlineData("potpourri", false)]
    [InlineData("author", false)]
    [InlineData("authored_by", false)]
    [InlineData("key", false)]
    public void A_name_may_make_its_value_secret(string key, bool secret) => SensitiveWords.InKey(key).ShouldBe(secret);

    static string Scrub(string text)
    {
        var e = new ErrorEvent { Extra = new() { ["x"] = text } };
        return EventScrubber.Scrub(e, ScrubRules.For(ProjectOptions.Default)).Extra!["x"]!.GetValue<string>();
    }
}
