using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Server.Tests.Hosting;

namespace Server.Tests.Access.Permissions;

/// <summary>
/// Every route of the real table × every kind of caller. The approved file says, route by route, which roles and which scopes
/// of a token come in; here it is knocked at every door, and whoever does not come in must be told so in the one right way.
/// </summary>
public class PermissionMatrixTests
{
    [Fact]
    public async Task Every_route_lets_in_whom_the_approved_table_names_and_nobody_else()
    {
        await using var host = await ProbedHost.StartAsync();
        var callers = await MatrixCallers.CreateAsync(host);
        var table = new StringBuilder();
        var leaks = new List<string>();

        foreach (var route in RouteTable.Of(host))
        {
            if (IsOutsideTheGate(route))
            {
                table.Append(
                    CultureInfo.InvariantCulture,
                    $"{route.Method, -6} {route.Pattern}\n       everybody, past the gate\n"
                );
                continue;
            }
            table.Append(CultureInfo.InvariantCulture, $"{route.Method, -6} {route.Pattern}\n");
            var admitted = new List<string>();
            foreach (var caller in callers.All)
            {
                var status = await KnockAsync(caller.Client, route);
                if (status == ProbedHost.Admitted)
                {
                    admitted.Add(caller.Name);
                }
                if (
                    status != ProbedHost.Admitted && status != caller.RefusedWith(route.Rule!)
                    || status == ProbedHost.Admitted && !caller.MayEver(route.Rule!)
                )
                {
                    leaks.Add($"{route} for {caller.Name}: {status}");
                }
            }
            table.Append(CultureInfo.InvariantCulture, $"       {callers.Describe(admitted)}\n");
            // The clock stands still: without this, the limit of a second would be met.
            host.Time.Advance(TimeSpan.FromSeconds(1));
        }

        leaks.ShouldBeEmpty(string.Join('\n', leaks));
        Approved.Matches("Access/Permissions/permissions.approved.txt", table.ToString());
    }

    [Fact]
    public async Task Every_route_has_a_rule()
    {
        await using var host = await TocsinHost.StartAsync();

        RouteTable.Unruled(host).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_route_mapped_past_the_gate_is_reported_and_not_served()
    {
        await using var host = await TocsinHost.StartAsync(map: app => app.MapGet("/api/0/back-door/", () => "secret"));

        RouteTable.Unruled(host).ShouldHaveSingleItem().Pattern.ShouldBe("/api/0/back-door/");
        await host.With().GetJsonAsync("/api/0/back-door/", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_probe_sees_the_difference_between_a_closed_and_an_open_door()
    {
        await using var host = await ProbedHost.StartAsync();
        var route = RouteTable.Of(host).Single(one => one.ToString() == "DELETE /api/0/projects/{organization}/{project}/");

        (await KnockAsync(host.With(), route)).ShouldBe(ProbedHost.Admitted);
        (await KnockAsync(host.Anonymous(), route)).ShouldBe(401);
    }

    // Doors of the gateway, health and files: they answer within routing itself, or everything that no other route takes.
    static bool IsOutsideTheGate(TableRoute route) =>
        route.Method == "*" || route.IsShortCircuited || route.Pattern == "/{**path}";

    static async Task<int> KnockAsync(HttpClient client, TableRoute route)
    {
        var path = route.Fill(MatrixCallers.Names);
        using var request = new HttpRequestMessage(new(route.Method), path);
        using var response = await client.SendAsync(request);
        return (int)response.StatusCode;
    }
}
