using System.Text;
using System.Text.Json.Nodes;
using Protocol.Tests.Events;
using Protocol.Tests.Samples;
using Tocsin.Protocol.Events;
using Tocsin.Protocol.SecurityReports;

namespace Protocol.Tests.SecurityReports;

public class SecurityReportReaderTests
{
    [Fact]
    public void Chromiums_reports_become_events()
    {
        var messages = new List<string?>();
        foreach (var capture in Capture.OfKind("security"))
        {
            SecurityReportReader.TryRead(capture.Body(), out var events, out var refusal).ShouldBeTrue(refusal?.Message);
            var report = events.ShouldHaveSingleItem();
            var directive = capture.Manifest["summary"]!["directive"]!.GetValue<string>();
            report.Type.ShouldBe("csp");
            report.Level.ShouldBe("error");
            report.Logger.ShouldBe("csp");
            report.Culprit.ShouldBe(directive);
            report.Tags[0].ShouldBe(new("effective-directive", directive));
            report.Request!.Url!.ShouldEndWith("/csp.html");
            report.SecurityReport!["disposition"]!.GetValue<string>().ShouldBe("enforce");
            messages.Add(report.LogEntry!.Message);
        }
        messages.ShouldBe([
            "Blocked inline 'script'",
            "Blocked inline 'style'",
            "Blocked 'image' from 'evil.example'",
            "Blocked 'script' from '127.0.0.1:1'",
            "Blocked inline 'style'",
        ]);
    }

    [Fact]
    public void A_list_of_the_Reporting_API_gives_an_event_for_each_violation()
    {
        var events = Read(
            """
            [{"type":"deprecation","body":{}},
             {"type":"csp-violation","age":3,"url":"https://shop.example/","user_agent":"Mozilla/5.0","body":{
               "documentURL":"https://shop.example/cart?x=1","effectiveDirective":"connect-src","blockedURL":"https://evil.com/a",
               "disposition":"report","lineNumber":7,"sample":""}},
             {"type":"csp-violation","body":{"effectiveDirective":"script-src","blockedURL":"eval"}}]
            """
        );
        events
            .Select(report => report.LogEntry!.Message)
            .ShouldBe(["Blocked 'connect' from 'evil.com'", "Blocked unsafe eval() 'script'"]);
        events[0].Tags.ShouldBe([new("effective-directive", "connect-src"), new("blocked-uri", "https://evil.com/a")]);
        events[0].Request!.Url.ShouldBe("https://shop.example/cart");
        events[0].Request!.Query.ShouldBe([new("x", "1")]);
        events[0].Request!.Headers.ShouldBe([new("User-Agent", "Mozilla/5.0")]);
        events[0].SecurityReport!["line_number"]!.GetValue<long>().ShouldBe(7);
    }

    [Theory]
    [InlineData(
        """{"csp-report":{"violated-directive":"img-src 'self'","blocked-uri":"data"}}""",
        "csp",
        "Blocked 'image' from 'data:'"
    )]
    [InlineData("""{"csp-report":{"effective-directive":"frame-ancestors"}}""", "csp", "Blocked inline 'frame-ancestors'")]
    [InlineData("""{"expect-ct-report":{"hostname":"a.example","port":443}}""", "expectct", "Expect-CT failed for 'a.example'")]
    [InlineData("""{"expect-staple-report":{"hostname":"a.example"}}""", "expectstaple", "Expect-Staple failed for 'a.example'")]
    [InlineData(
        """{"hostname":"a.example","known-pins":["x"]}""",
        "hpkp",
        "Public key pinning validation failed for 'a.example'"
    )]
    public void Every_kind_is_known_by_its_key(string body, string type, string message)
    {
        var report = Read(body).ShouldHaveSingleItem();
        report.Type.ShouldBe(type);
        report.LogEntry!.Message.ShouldBe(message);
        EventReader.TryRead(EventWriter.Write(report), out var again, out _).ShouldBeTrue();
        EventComparison.ShouldBeSame(again, report);
    }

    [Fact]
    public void A_report_on_a_certificate_is_tagged_with_what_failed() =>
        Read(
                """{"expect-staple-report":{"hostname":"a.example","port":443,"response-status":"MISSING","cert-status":"REVOKED"}}"""
            )
            .ShouldHaveSingleItem()
            .Tags.ShouldBe([
                new("hostname", "a.example"),
                new("port", "443"),
                new("response_status", "MISSING"),
                new("cert_status", "REVOKED"),
            ]);

    [Theory]
    [InlineData("", "empty request body")]
    [InlineData("{}", "invalid security report")]
    [InlineData("[]", "invalid security report")]
    [InlineData("7", "invalid security report")]
    [InlineData("""{"csp-report":"x"}""", "invalid security report")]
    public void What_is_no_report_is_refused(string body, string message)
    {
        SecurityReportReader.TryRead(Encoding.UTF8.GetBytes(body), out _, out var refusal).ShouldBeFalse();
        refusal.Message.ShouldBe(message);
        refusal.Status.ShouldBe(400);
    }

    [Fact]
    public void Broken_JSON_is_refused_as_such()
    {
        SecurityReportReader.TryRead("""{"csp-report":"""u8, out _, out var refusal).ShouldBeFalse();
        refusal.Message.ShouldStartWith("invalid JSON data: ");
    }

    [Theory]
    [InlineData("""{"csp-report":{}}""", """{"csp-report":{}}""")]
    [InlineData(""" [ {"a":"],"} , 7,[1],null ]  """, """{"a":"],"}|7|[1]|null""")]
    [InlineData("\uFEFF[{}]", "{}")]
    [InlineData("[]", "[]")]
    public void A_body_is_cut_into_its_reports(string body, string expected)
    {
        SecurityReportReader
            .TryCut(Encoding.UTF8.GetBytes(body), out var reports, out var refusal)
            .ShouldBeTrue(refusal?.Message);
        string.Join('|', reports.Select(report => Encoding.UTF8.GetString(report.Span))).ShouldBe(expected);
    }

    [Theory]
    [InlineData("", "empty request body")]
    [InlineData(" \n", "empty request body")]
    [InlineData("[{},", "invalid JSON data: ")]
    [InlineData("[{}] x", "invalid JSON data: ")]
    [InlineData("{} {}", "invalid JSON data: ")]
    [InlineData("nonsense", "invalid JSON data: ")]
    public void What_is_no_JSON_cannot_be_cut(string body, string message)
    {
        SecurityReportReader.TryCut(Encoding.UTF8.GetBytes(body), out _, out var refusal).ShouldBeFalse();
        refusal.Message.ShouldStartWith(message);
    }

    static IReadOnlyList<ErrorEvent> Read(string body)
    {
        JsonNode.Parse(body).ShouldNotBeNull();
        SecurityReportReader
            .TryRead(Encoding.UTF8.GetBytes(body), out var events, out var refusal)
            .ShouldBeTrue(refusal?.Message);
        return events;
    }
}
