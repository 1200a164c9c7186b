using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Server.Tests.Access;
using Server.Tests.Hosting;
using Tocsin.Server.Access;
using Tocsin.Server.Projects;

namespace Server.Tests.Projects;

/// <summary>A transaction's own threshold, at Sentry's address.</summary>
public sealed class TransactionThresholdOverrideTests
{
    const string Address = "/api/0/organizations/default/project-transaction-threshold-override/";
    const string OfCart = $"{Address}?project=1&transaction=GET%20/cart";

    static readonly object Body = new
    {
        transaction = "GET /cart",
        threshold = "700",
        metric = "duration",
    };

    [Fact]
    public async Task It_is_set_changed_and_taken_back()
    {
        await using var host = await TocsinHost.StartAsync();
        var ada = await host.MemberAsync(1, "ada@example.com", Role.Owner);
        var client = await host.UserTokenAsync(ada, Scope.ProjectWrite);
        using (var none = await client.GetAsync(OfCart))
        {
            none.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        var made = await client.PostJsonAsync($"{Address}?project=1", Body, HttpStatusCode.Created);
        host.Time.Advance(TimeSpan.FromMinutes(1));
        var changed = await client.PostJsonAsync(
            $"{Address}?project=default",
            new { transaction = "GET /cart", threshold = 900 }
        );

        made.Text("transaction").ShouldBe("GET /cart");
        made.Text("threshold").ShouldBe("700");
        made.Text("metric").ShouldBe("duration");
        made.Text("projectId").ShouldBe("1");
        made.Text("editedBy").ShouldBe($"{ada}");
        changed.Text("id").ShouldBe(made.Text("id"));
        changed.Text("threshold").ShouldBe("900");
        changed.GetProperty("dateUpdated").GetDateTime().ShouldBe(made.GetProperty("dateAdded").GetDateTime().AddMinutes(1));
        (await client.GetJsonAsync(OfCart)).GetRawText().ShouldBe(changed.GetRawText());
        host.Get<ProjectDirectory>().Get(1)!.Options.ApdexThreshold.ShouldBe(300, "the project's own stays");

        using (var gone = await client.DeleteAsync(OfCart))
        {
            gone.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        }
        using var again = await client.GetAsync(OfCart);
        again.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task It_is_taken_back_by_a_name_in_the_body_too()
    {
        await using var host = await TocsinHost.StartAsync();
        var client = host.With();
        await client.PostJsonAsync($"{Address}?project=1", Body, HttpStatusCode.Created);

        using var request = new HttpRequestMessage(HttpMethod.Delete, $"{Address}?project=1")
        {
            Content = JsonContent.Create(new { transaction = "GET /cart" }),
        };
        using var gone = await client.SendAsync(request);

        gone.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        host.Get<ProjectDirectory>().Get(1)!.Options.TransactionThresholds.ShouldBeEmpty();
    }

    [Fact]
    public async Task All_of_a_project_stand_in_one_list_by_name()
    {
        await using var host = await TocsinHost.StartAsync();
        var client = host.With();
        const string list = "/api/0/projects/default/default/transaction-thresholds/";
        (await client.GetJsonAsync(list)).GetArrayLength().ShouldBe(0);
        await client.PostJsonAsync($"{Address}?project=1", Body, HttpStatusCode.Created);
        await client.PostJsonAsync(
            $"{Address}?project=1",
            new { transaction = "DELETE /cart", threshold = 100 },
            HttpStatusCode.Created
        );

        var all = await client.GetJsonAsync(list);

        all.EnumerateArray()
            .Select(one => $"{one.Text("transaction")}: {one.Text("threshold")}")
            .ShouldBe(["DELETE /cart: 100", "GET /cart: 700"]);
        (await client.GetJsonAsync($"{list}?per_page=1")).GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"transaction":"GET /","threshold":"250"}""", "threshold", "multiple of 100")]
    [InlineData("""{"transaction":"GET /","metric":"cls"}""", "metric", "Invalid transaction metric - cls")]
    [InlineData("""{"threshold":"300"}""", "transaction", "required")]
    public async Task What_cannot_be_is_refused_at_its_field(string body, string field, string sentence)
    {
        await using var host = await TocsinHost.StartAsync();

        var refusal = await host.With()
            .PostJsonAsync($"{Address}?project=1", JsonSerializer.Deserialize<JsonElement>(body), HttpStatusCode.BadRequest);

        refusal.GetProperty(field)[0].GetString()!.ShouldContain(sentence);
        host.Get<ProjectDirectory>().Get(1)!.Options.TransactionThresholds.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_of_one_project()
    {
        await using var host = await TocsinHost.StartAsync();
        await host.Get<ProjectCommands>()
            .CreateAsync(new(host.Get<ProjectDirectory>().Get(1)!.OrganizationId, "Second"), CancellationToken.None);

        var refusal = await host.With().PostJsonAsync(Address, Body, HttpStatusCode.BadRequest);

        refusal.Text("detail").ShouldBe("Only 1 project per transaction threshold");
    }
}
