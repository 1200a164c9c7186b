using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.UserAgents;

namespace Server.Tests.Errors.Normalise;

public class VisitorTests
{
    const string Chrome =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.6778.86 Safari/537.36";

    [Theory]
    [InlineData(Chrome, "Chrome 131.0.6778 | Windows 10 | ")]
    [InlineData(
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15",
        "Safari 17.4 | Mac OS X 10.15.7 | Mac"
    )]
    [InlineData("Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox 133.0 | Ubuntu  | ")]
    [InlineData(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.2903.51",
        "Edge 131.0.2903 | Windows 10 | "
    )]
    [InlineData(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1",
        "Mobile Safari 17.4 | iOS 17.4.1 | iPhone"
    )]
    [InlineData(
        "Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.6778.39 Mobile Safari/537.36",
        "Chrome Mobile 131.0.6778 | Android 14 | SM-S918B"
    )]
    [InlineData(
        "Mozilla/5.0 (Linux; Android 13; SAMSUNG SM-A536B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/23.0 Chrome/115.0.0.0 Mobile Safari/537.36",
        "Samsung Internet 23.0 | Android 13 | SAMSUNG SM-A536B"
    )]
    [InlineData("Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko", "IE 11.0 | Windows 7 | ")]
    [InlineData("Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 5.1; Trident/4.0)", "IE 8.0 | Windows XP | ")]
    [InlineData(
        "Mozilla/5.0 (iPad; CPU OS 16_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/114.0.5735.99 Mobile/15E148 Safari/604.1",
        "Chrome Mobile iOS 114.0.5735 | iOS 16.5 | iPad"
    )]
    [InlineData(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 OPR/115.0.0.0",
        "Opera 115.0.0 | Windows 10 | "
    )]
    public void A_user_agent_tells_browser_system_and_device(string header, string expected)
    {
        var agent = UserAgent.Of([new("User-Agent", header)], null)!;
        $"{agent.Browser!.Name} {agent.Browser.Version} | {agent.System!.Name} {agent.System.Version} | {agent.Device?.Name}".ShouldBe(
            expected
        );
    }

    [Theory]
    [InlineData("python-requests/2.31")]
    [InlineData("")]
    public void An_unknown_program_stays_unknown(string header) => UserAgent.Of([new("User-Agent", header)], null).ShouldBeNull();

    [Fact]
    public void Client_hints_are_more_exact()
    {
        NameValue[] headers =
        [
            new("User-Agent", Chrome),
            new("Sec-Ch-Ua", """ "Not A Brand";v="24", "Chromium";v="132", "Google Chrome";v="132" """),
            new("Sec-Ch-Ua-Platform", "\"Windows\""),
            new("Sec-Ch-Ua-Platform-Version", "\"15.0.0\""),
        ];
        var agent = UserAgent.Of(headers, null)!;
        (agent.Browser, agent.System).ShouldBe((new("Chrome", "132"), new("Windows", "11")));
    }

    [Fact]
    public void In_a_servers_event_the_system_is_the_visitors()
    {
        Contexts("python").Select(context => context.Key).ShouldBe(["browser", "client_os"]);
        Contexts("javascript").Select(context => context.Key).ShouldBe(["browser", "os"]);
    }

    [Fact]
    public void What_the_client_said_itself_stays()
    {
        var contexts = Contexts("javascript", """ "contexts":{"browser":{"name":"Mine"}}, """);
        contexts["browser"]!["name"]!.GetValue<string>().ShouldBe("Mine");
    }

    static JsonObject Contexts(string platform, string rest = "") =>
        SomeErrors
            .Normalised(
                $$$$$"""{"platform":"{{{{{platform}}}}}",{{{{{rest}}}}}"request":{"headers":{"user-agent":"{{{{{Chrome}}}}}"}}}"""
            )
            .Contexts!;
}
