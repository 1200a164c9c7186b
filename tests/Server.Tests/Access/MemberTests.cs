using System.Net;
using System.Text.Json;
using Server.Tests.Hosting;
using Tocsin.Server.Access;

namespace Server.Tests.Access;

public class MemberTests
{
    const string Members = "/api/0/organizations/default/members/";
    const string Password = "seven bells before the storm";

    [Fact]
    [Trait("advisory", "CVE-2022-23485")]
    public async Task An_invitation_makes_the_account_of_its_address_once()
    {
        await using var host = await TocsinHost.StartAsync();
        var (member, link) = await InviteAsync(host.With(), "Grace@Example.com", "admin");
        member.GetProperty("pending").GetBoolean().ShouldBeTrue();

        var guest = host.Browser();
        var invite = await guest.GetJsonAsync(link);
        invite.Text("email").ShouldBe("grace@example.com");
        invite.GetProperty("hasAccount").GetBoolean().ShouldBeFalse();
        // An address in the body changes nothing: the invitation is bound to its own.
        var user = await guest.PostJsonAsync(
            link,
            new
            {
                name = "Grace",
                password = Password,
                email = "eve@example.com",
            }
        );

        user.Text("email").ShouldBe("grace@example.com");
        (await guest.GetJsonAsync("/api/0/organizations/default/")).Text("role").ShouldBe("admin");
        await host.Browser().PostJsonAsync(link, new { name = "Eve", password = Password }, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_invitation_to_somebody_with_an_account_needs_their_login()
    {
        await using var host = await TocsinHost.StartAsync();
        var grace = await host.LoggedInAsync(await host.UserAsync("grace@example.com"));
        var eve = await host.LoggedInAsync(await host.UserAsync("eve@example.com"));
        var (_, link) = await InviteAsync(host.With(), "grace@example.com", "member");

        await host.Browser().PostJsonAsync(link, new { name = "Eve", password = Password }, HttpStatusCode.Forbidden);
        await eve.PostJsonAsync(link, new { }, HttpStatusCode.Forbidden);
        await grace.PostJsonAsync(link, new { });

        (await grace.GetJsonAsync("/api/0/organizations/default/")).Text("role").ShouldBe("member");
    }

    [Fact]
    [Trait("advisory", "CVE-2025-66223")]
    public async Task An_invitation_ends_after_a_week_with_a_new_one_and_with_its_removal()
    {
        await using var host = await TocsinHost.StartAsync();
        var (old, oldLink) = await InviteAsync(host.With(), "a@example.com", "member");
        host.Time.Jump(TimeSpan.FromDays(7));
        await host.Anonymous().GetJsonAsync(oldLink, HttpStatusCode.NotFound);
        (await host.With().GetJsonAsync($"{Members}{old.Text("id")}/")).GetProperty("expired").GetBoolean().ShouldBeTrue();

        var again = await host.With().PutJsonAsync($"{Members}{old.Text("id")}/", new { reinvite = true });
        var newLink = LinkOf(again);
        await host.Anonymous().GetJsonAsync(newLink);
        await host.With().PutJsonAsync($"{Members}{old.Text("id")}/", new { regenerate = true });
        await host.Anonymous().GetJsonAsync(newLink, HttpStatusCode.NotFound);

        var (other, otherLink) = await InviteAsync(host.With(), "b@example.com", "member");
        await host.With().DeleteJsonAsync($"{Members}{other.Text("id")}/", HttpStatusCode.NoContent);
        await host.Anonymous().GetJsonAsync(otherLink, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_address_has_one_invitation_however_it_is_spelled()
    {
        await using var host = await TocsinHost.StartAsync();
        await InviteAsync(host.With(), "a@example.com", "member");

        var again = await host.With().PostJsonAsync(Members, new { email = "A@Example.COM" }, HttpStatusCode.BadRequest);

        again.GetProperty("email")[0].GetString().ShouldBe("This address is already a member or invited.");
    }

    [Fact]
    [Trait("advisory", "CVE-2026-33381")]
    public async Task A_removed_member_sees_nothing_from_the_next_request_on()
    {
        await using var host = await TocsinHost.StartAsync();
        var user = await host.MemberAsync(1, "grace@example.com", Role.Owner);
        var browser = await host.LoggedInAsync(user);
        var program = await host.UserTokenAsync(user, Scope.OrgRead);
        await browser.GetJsonAsync("/api/0/organizations/default/");

        var member = (await host.With().GetJsonAsync(Members))
            .EnumerateArray()
            .Single(one => one.Text("email") == "grace@example.com");
        await host.MemberAsync(1, "ada@example.com", Role.Owner);
        await host.With().DeleteJsonAsync($"{Members}{member.Text("id")}/", HttpStatusCode.NoContent);

        await browser.GetJsonAsync("/api/0/organizations/default/", HttpStatusCode.NotFound);
        await program.GetJsonAsync("/api/0/organizations/default/", HttpStatusCode.NotFound);
        (await browser.GetJsonAsync("/api/0/organizations/")).GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("", "ada@example.com,grace@example.com,guest@example.com")]
    [InlineData("gra", "grace@example.com")]
    [InlineData("email:Grace@Example.com", "grace@example.com")]
    [InlineData("email:\"grace@example.com\"", "grace@example.com")]
    [InlineData("email:grace", "")]
    [InlineData("email:grace@example.com email:ada@example.com", "ada@example.com,grace@example.com")]
    [InlineData("role:owner", "ada@example.com")]
    [InlineData("role:owner email:grace@example.com", "")]
    [InlineData("isInvited:true", "guest@example.com")]
    [InlineData("isInvited:false example", "ada@example.com,grace@example.com")]
    public async Task Members_are_found_by_what_they_are(string query, string emails)
    {
        await using var host = await TocsinHost.StartAsync();
        await host.MemberAsync(1, "grace@example.com", Role.Member);
        await host.MemberAsync(1, "ada@example.com", Role.Owner);
        await InviteAsync(host.With(), "guest@example.com", "member");

        var found = await host.With().GetJsonAsync($"{Members}?query={Uri.EscapeDataString(query)}");

        found
            .EnumerateArray()
            .Select(member => member.Text("email"))
            .ShouldBe(emails.Split(',', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("shoe:42")]
    [InlineData("isInvited:perhaps")]
    public async Task A_search_for_members_that_makes_no_sense_says_what_does(string query)
    {
        await using var host = await TocsinHost.StartAsync();

        var answer = await host.With().GetJsonAsync($"{Members}?query={query}", HttpStatusCode.BadRequest);

        answer.Text("detail").ShouldContain("email:");
    }

    [Fact]
    public async Task Nobody_raises_anybody_above_themselves()
    {
        await using var host = await TocsinHost.StartAsync();
        await host.MemberAsync(1, "owner@example.com", Role.Owner);
        var manager = await host.LoggedInAsync(await host.MemberAsync(1, "manager@example.com", Role.Manager));
        var all = (await manager.GetJsonAsync(Members))
            .EnumerateArray()
            .ToDictionary(one => one.Text("email"), one => one.Text("id"));

        await manager.PostJsonAsync(Members, new { email = "x@example.com", orgRole = "owner" }, HttpStatusCode.BadRequest);
        await manager.PutJsonAsync(
            $"{Members}{all["manager@example.com"]}/",
            new { orgRole = "owner" },
            HttpStatusCode.Forbidden
        );
        await manager.PutJsonAsync($"{Members}{all["owner@example.com"]}/", new { orgRole = "member" }, HttpStatusCode.Forbidden);
        await manager.DeleteJsonAsync($"{Members}{all["owner@example.com"]}/", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_last_owner_stays()
    {
        await using var host = await TocsinHost.StartAsync();
        var browser = await host.LoggedInAsync(await host.MemberAsync(1, "owner@example.com", Role.Owner));

        await browser.DeleteJsonAsync($"{Members}me/", HttpStatusCode.Forbidden);
        await browser.PutJsonAsync($"{Members}me/", new { orgRole = "member" }, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Members_join_and_leave_teams_and_team_admins_run_theirs()
    {
        await using var host = await TocsinHost.StartAsync();
        var grace = await host.LoggedInAsync(await host.MemberAsync(1, "grace@example.com", Role.Member));
        var team = $"{Members}me/teams/default/";

        await grace.PostJsonAsync(team, new { }, HttpStatusCode.Created);
        (await grace.GetJsonAsync($"{Members}me/")).GetProperty("teams")[0].GetString().ShouldBe("default");
        await grace.PutJsonAsync("/api/0/projects/default/default/", new { name = "x" }, HttpStatusCode.Forbidden);
        await grace.PutJsonAsync(team, new { teamRole = "admin" }, HttpStatusCode.Forbidden);
        var id = (await grace.GetJsonAsync($"{Members}me/")).Text("id");
        await host.With().PutJsonAsync($"{Members}{id}/teams/default/", new { teamRole = "admin" });

        await grace.PutJsonAsync("/api/0/projects/default/default/", new { name = "By Grace" });
        await grace.PutJsonAsync("/api/0/teams/default/default/", new { name = "By Grace" });
        await grace.PutJsonAsync("/api/0/organizations/default/", new { name = "By Grace" }, HttpStatusCode.Forbidden);
        await grace.DeleteJsonAsync(team, HttpStatusCode.OK);
        await grace.PutJsonAsync("/api/0/projects/default/default/", new { name = "x" }, HttpStatusCode.Forbidden);
    }

    static async Task<(JsonElement Member, string Link)> InviteAsync(HttpClient client, string email, string role)
    {
        var member = await client.PostJsonAsync(Members, new { email, orgRole = role }, HttpStatusCode.Created);
        return (member, LinkOf(member));
    }

    static string LinkOf(JsonElement member) =>
        $"/api/0/accept-invite/{new Uri(member.Text("inviteLink")).Query["?invite=".Length..]}/";
}
