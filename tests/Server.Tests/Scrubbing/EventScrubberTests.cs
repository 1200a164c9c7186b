using System.Text;
using Server.Tests.Errors;
using Tocsin.Protocol.Events;
using Tocsin.Server.Projects;
using Tocsin.Server.Scrubbing;

namespace Server.Tests.Scrubbing;

public class EventScrubberTests
{
    [Fact]
    public void A_secret_is_found_wherever_a_client_may_put_it()
    {
        var e = Scrub(
            """
            {"extra":{"password":"hunter2","deep":[{"api_key":["hunter2"]}],"body":"{\"secret\":\"hunter2\"}"},
            "tags":{"auth":"hunter2"},"user":{"id":"1","data":{"otp":"hunter2"}},
            "request":{"url":"https://u:hunter2@shop.example/","query_string":"token=hunter2&page=2","fragment":"access_token=hunter2",
            "headers":{"authorization":"hunter2","x-api-key":"hunter2","accept":"*/*"},"cookies":{"sessionid":"hunter2","theme":"dark"},
            "data":"password=hunter2&name=jane","env":{"DB_PASSWORD":"hunter2","SERVER_NAME":"web-1"}},
            "breadcrumbs":[{"message":"login with password=hunter2 ok","data":{"token":"hunter2"}}],
            "contexts":{"mine":{"secret":"hunter2"},"trace":{"data":{"passwd":"hunter2"}},"response":{"cookies":{"csrf":"hunter2"}}},
            "message":"cannot log in: api_key=hunter2",
            "exception":[{"type":"E","value":"connect postgres://shop:hunter2@db/shop failed","mechanism":{"type":"x","data":{"secret":"hunter2"}},
            "stacktrace":{"frames":[{"function":"f","vars":{"password":"hunter2","order":{"private_key":"hunter2"}},"context_line":"connect('x://a:hunter2@b')"}]}}],
            "threads":[{"stacktrace":{"frames":[{"function":"g","vars":{"credentials":"hunter2"}}]}}]}
            """
        );
        Encoding.UTF8.GetString(EventWriter.Write(e)).ShouldNotContain("hunter2");
        e.LogEntry!.Formatted.ShouldBe("cannot log in: api_key=[Filtered]");
        e.Exceptions[0].Value.ShouldBe("connect postgres://[Filtered]@db/shop failed");
        e.Breadcrumbs[0].Message.ShouldBe("login with password=[Filtered] ok");
        e.Request!.Query.ShouldBe([new("token", "[Filtered]"), new("page", "2")]);
        e.Request.Cookies.ShouldBe([new("sessionid", "[Filtered]"), new("theme", "dark")]);
        e.Request.Data!["name"]!.GetValue<string>().ShouldBe("jane");
        e.Request.Env!["SERVER_NAME"]!.GetValue<string>().ShouldBe("web-1");
    }

    [Fact]
    public void Every_removal_is_noted_with_its_place_and_rule_and_never_with_the_value()
    {
        var e = Scrub(
            """{"extra":{"a":{"password":"hunter2"}},"request":{"headers":{"authorization":"hunter2"}},"tags":{"card":"4111111111111111"}}"""
        );
        e.Notes.ShouldBe(
            [
                new("request.headers.Authorization", "", Length: 7, Rule: "@password:filter", Remark: "s"),
                new("tags.card", "", Length: 16, Rule: "@creditcard:filter", Remark: "s"),
                new("extra.a.password", "", Length: 7, Rule: "@password:filter", Remark: "s"),
            ],
            ignoreOrder: true
        );
    }

    [Fact]
    public void What_is_exempt_stays()
    {
        var e = Scrub(
            """
            {"request":{"headers":{"user-agent":"Mozilla /home/jane"}},"debug_meta":{"images":[{"type":"elf","code_file":"/home/jane/secret"}]},
            "exception":[{"type":"AuthError","value":"wrong password for the secret door","stacktrace":{"frames":[
            {"filename":"/home/jane/auth.py","abs_path":"/home/jane/auth.py","function":"authenticate","context_line":"password = read_password()"}]}}],
            "message":"password reset failed","transaction":"/oauth/token",
            "contexts":{"trace":{"trace_id":"41111111111111114111111111111111","span_id":"4111111111111111"}}}
            """
        );
        var frame = e.Exceptions[0].StackTrace!.Frames[0];
        (frame.Filename, frame.AbsPath, frame.ContextLine).ShouldBe(
            ("/home/jane/auth.py", "/home/jane/auth.py", "password = read_password()")
        );
        e.Exceptions[0].Value.ShouldBe("wrong password for the secret door");
        e.LogEntry!.Formatted.ShouldBe("password reset failed");
        e.Transaction.ShouldBe("/oauth/token");
        e.Request!.Headers[0].Value.ShouldBe("Mozilla /home/jane");
        e.DebugMeta!.Images[0]["code_file"]!.GetValue<string>().ShouldBe("/home/jane/secret");
        e.Contexts!["trace"]!["span_id"]!.GetValue<string>().ShouldBe("4111111111111111");
        e.Notes.ShouldBeEmpty();
    }

    [Fact]
    public void A_message_stays_readable()
    {
        var e = Scrub(
            """{"message":"jane@shop.example paid with 4111111111111111 from DE89370400440532013000, 078-05-1120, Bearer abcdefghij"}"""
        );
        e.LogEntry!.Formatted.ShouldBe("[email] paid with [creditcard] from [iban], [us-ssn], Bearer [token]");
    }

    [Fact]
    public void Truth_values_and_missing_ones_tell_no_secret()
    {
        var extra = Scrub("""{"extra":{"has_password":true,"password":null,"secret":"","token":7}}""").Extra!;
        extra.ToJsonString().ShouldBe("""{"has_password":true,"password":null,"secret":"","token":"[Filtered]"}""");
    }

    [Fact]
    public void A_card_without_quotes_is_found() =>
        Scrub("""{"extra":{"n":4111111111111111,"id":1795198759432579}}""")
            .Extra!.ToJsonString()
            .ShouldBe("""{"n":"[Filtered]","id":1795198759432579}""");

    [Fact]
    public void A_project_names_more_fields_and_takes_others_back()
    {
        var options = new ProjectOptions { SensitiveFields = ["Shoe Size"], SafeFields = ["auth_method"] };
        var extra = Scrub(
            """{"extra":{"shoe size":"44","note":"my SHOE SIZE is 44","auth_method":"saml","auth":"x"}}""",
            options
        ).Extra!;
        extra
            .ToJsonString()
            .ShouldBe("""{"shoe size":"[Filtered]","note":"[Filtered]","auth_method":"saml","auth":"[Filtered]"}""");
    }

    [Fact]
    public void Without_the_defaults_only_the_projects_fields_go()
    {
        var options = new ProjectOptions { DataScrubberDefaults = false, SensitiveFields = ["mine"] };
        Scrub("""{"extra":{"password":"x","mine":"y"}}""", options)
            .Extra!.ToJsonString()
            .ShouldBe("""{"password":"x","mine":"[Filtered]"}""");
        Scrub("""{"extra":{"password":"x","mine":"y"}}""", options with { DataScrubber = false })
            .Extra!.ToJsonString()
            .ShouldBe("""{"password":"x","mine":"y"}""");
    }

    [Fact]
    public void Addresses_go_when_the_project_wants_it()
    {
        const string json = """
            {"user":{"id":"7","ip_address":"198.51.100.9"},"request":{"env":{"REMOTE_ADDR":"198.51.100.9"},"headers":{"x-forwarded-for":"198.51.100.9, 2001:db8::1"}},
            "message":"from 198.51.100.9 at 18:40:01","extra":{"version":"1.2.3"}}
            """;
        Scrub(json).User!.IpAddress.ShouldBe("198.51.100.9");
        var e = Scrub(json, new() { ScrubIPAddresses = true });
        e.User!.IpAddress.ShouldBeNull();
        e.Request!.Env!.ContainsKey("REMOTE_ADDR").ShouldBeFalse();
        e.Request.Headers[0].Value.ShouldBe("[ip], [ip]");
        e.LogEntry!.Formatted.ShouldBe("from [ip] at 18:40:01");
        e.Extra!["version"]!.GetValue<string>().ShouldBe("1.2.3");
    }

    [Fact]
    public void A_note_about_a_refused_value_does_not_keep_it()
    {
        var e = Scrub($$$"""{"tags":{"api_key":"{{{new string('k', 300)}}}"}}""");
        e.Notes.Single(note => note.Kind == "value_too_long").Value.ShouldBe("\"[Filtered]\"");
    }

    [Fact]
    public void An_event_without_secrets_is_not_copied()
    {
        var e = SomeErrors.Normalised(
            """{"extra":{"a":{"b":[1,"x"]}},"exception":[{"type":"E","stacktrace":{"frames":[{"vars":{"x":1}}]}}]}"""
        );
        var scrubbed = EventScrubber.Scrub(e, ScrubRules.For(ProjectOptions.Default));
        scrubbed.Extra.ShouldBeSameAs(e.Extra);
        scrubbed.Exceptions.ShouldBeSameAs(e.Exceptions);
    }

    static ErrorEvent Scrub(string json, ProjectOptions? options = null) =>
        EventScrubber.Scrub(SomeErrors.Normalised(json), ScrubRules.For(options ?? ProjectOptions.Default));
}
