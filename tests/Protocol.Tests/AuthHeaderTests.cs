using System.Text;
using Tocsin.Protocol;

namespace Protocol.Tests;

public class AuthHeaderTests
{
    const string Key = "9f3c1e5a7b2d4c6e8f0a1b2c3d4e5f60";

    [Theory]
    [InlineData($"Sentry sentry_key={Key}, sentry_version=7, sentry_client=sentry.go/0.27.0", 7, "sentry.go/0.27.0", null)]
    [InlineData($"Sentry sentry_version=7,sentry_client=sentry.dotnet/6.9.0,sentry_key={Key}", 7, "sentry.dotnet/6.9.0", null)]
    [InlineData($"sentry sentry_key={Key}", 7, null, null)]
    [InlineData($"SENTRY  sentry_key = {Key} , whatever=1,, novalue", 7, null, null)]
    [InlineData(
        $"Sentry sentry_version=4, sentry_key={Key}, sentry_secret=5ec2, sentry_timestamp=1795198759420",
        4,
        null,
        "5ec2"
    )]
    [InlineData($"Sentry sentry_version=2.0, sentry_key={Key}", 2, null, null)]
    [InlineData($"Sentry sentry_key={Key}.no-cache", 7, null, null)]
    [InlineData($"Sentry sentry_key=\"{Key}\", sentry_client=\"mine/1\"", 7, "mine/1", null)]
    public void The_header_is_read_in_every_spelling_of_a_client(string header, int version, string? client, string? secret)
    {
        Read(header).Auth.ShouldBe(new ClientAuth(Key, version, client, secret, AuthForm.SentryHeader));
        Read(authorization: header).Auth.ShouldBe(new ClientAuth(Key, version, client, secret, AuthForm.AuthorizationHeader));
    }

    [Fact]
    public void Basic_authorization_names_the_key_as_its_user()
    {
        var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Key}:anything"));
        Read(authorization: basic).Auth.ShouldBe(new ClientAuth(Key, 7, null, null, AuthForm.AuthorizationHeader));
    }

    /// <summary>Browsers send it along from a staging site, to whatever lies below the site's own address.</summary>
    [Theory]
    [InlineData("staging:hunter2")]
    [InlineData(":")]
    [InlineData("9f3c1e5a:7b2d4c6e8f0a1b2c3d4e5f60")]
    public void The_password_of_a_page_is_no_form_of_ours(string pair)
    {
        var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair));
        Read(authorization: basic, query: $"?sentry_key={Key}").Auth!.Form.ShouldBe(AuthForm.Query);
        Read($"Sentry sentry_key={Key}", basic).Auth!.Form.ShouldBe(AuthForm.SentryHeader);
        Read(authorization: basic).Refusal.ShouldBe(Refusal.MissingAuthorization);
        Read(authorization: "Basic ???", query: $"?sentry_key={Key}").Auth.ShouldNotBeNull();
    }

    [Fact]
    public void The_query_is_read_with_its_encoding_undone() =>
        Read(query: $"?sentry_version=7&sentry_key={Key}&sentry_client=sentry.javascript.node%2F11.1.0")
            .Auth.ShouldBe(new ClientAuth(Key, 7, "sentry.javascript.node/11.1.0", null, AuthForm.Query));

    [Fact]
    public void The_path_may_hold_the_key() => Read(pathKey: Key).Auth!.Form.ShouldBe(AuthForm.Path);

    [Fact]
    public void The_envelopes_DSN_may_be_the_only_authentication()
    {
        Dsn.TryParse($"https://{Key}:5ec2@host/42", out var dsn).ShouldBeTrue();
        AuthHeader.TryRead(dsn, out var auth, out _).ShouldBeTrue();
        auth.ShouldBe(new ClientAuth(Key, 7, null, "5ec2", AuthForm.EnvelopeHeader));
    }

    [Fact]
    public void Upper_case_digits_name_the_same_key() =>
        Read($"Sentry sentry_key={Key.ToUpperInvariant()}").Auth!.PublicKey.ShouldBe(Key);

    [Fact]
    public void Nothing_at_all_is_missing_authorization()
    {
        Read().Refusal.ShouldBe(Refusal.MissingAuthorization);
        Read("", "Bearer abc", "?sentry_environment=x").Refusal.ShouldBe(Refusal.MissingAuthorization);
        Refusal.MissingAuthorization.ShouldSatisfyAllConditions(
            refusal => refusal.Status.ShouldBe(401),
            refusal => refusal.Message.ShouldBe("missing authorization information")
        );
    }

    [Fact]
    public void Two_forms_are_refused_even_when_they_agree()
    {
        var header = $"Sentry sentry_key={Key}";
        Read(header, header).Refusal.ShouldBe(Refusal.MultipleAuthorizations);
        Read(header, query: $"?sentry_key={Key}").Refusal.ShouldBe(Refusal.MultipleAuthorizations);
        Read(header, pathKey: Key).Refusal.ShouldBe(Refusal.MultipleAuthorizations);
        Refusal.MultipleAuthorizations.Status.ShouldBe(401);
        Refusal.MultipleAuthorizations.Message.ShouldBe("multiple authorization payloads detected");
    }

    [Fact]
    public void Parameters_that_describe_the_payload_are_no_second_form() =>
        Read($"Sentry sentry_key={Key}", query: "?sentry_environment=prod&sentry_release=1").Auth.ShouldNotBeNull();

    [Theory]
    [InlineData($"Sentry sentry_key={Key}, sentry_version=8", 400, "unsupported protocol version (8)")]
    [InlineData($"Sentry sentry_key={Key}, sentry_version=x", 401, "bad x-sentry-auth header")]
    [InlineData("Sentry sentry_version=7", 401, "bad x-sentry-auth header")]
    [InlineData("nonsense", 401, "bad x-sentry-auth header")]
    [InlineData("Sentry sentry_key=abc", 400, "bad sentry DSN public key")]
    [InlineData($"Sentry sentry_key={Key}0", 400, "bad sentry DSN public key")]
    [InlineData("Sentry sentry_key=9f3c1e5a7b2d4c6e8f0a1b2c3d4e5f6g", 400, "bad sentry DSN public key")]
    public void A_bad_header_is_refused_with_its_reason(string header, int status, string message)
    {
        var (auth, refusal) = Read(header);
        auth.ShouldBeNull();
        refusal!.Status.ShouldBe(status);
        refusal.Message.ShouldBe(message);
    }

    static (ClientAuth? Auth, Refusal? Refusal) Read(
        string? sentryAuth = null,
        string? authorization = null,
        string? query = null,
        string? pathKey = null
    )
    {
        AuthHeader.TryRead(sentryAuth, authorization, query, pathKey, out var auth, out var refusal);
        return (auth, refusal);
    }
}
