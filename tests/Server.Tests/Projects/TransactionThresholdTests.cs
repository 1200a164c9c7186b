using System.Net;
using System.Text.Json;
using Server.Tests.Access;
using Server.Tests.Hosting;
using Tocsin.Server.Access;
using Tocsin.Server.Projects;

namespace Server.Tests.Projects;

/// <summary>Sentry's own address of the apdex threshold.</summary>
public sealed class TransactionThresholdTests
{
    const string Project = "/api/0/projects/default/default/";
    const string Threshold = $"{Project}transaction-threshold/configure/";

    [Fact]
    public async Task Without_one_it_is_300_ms_of_duration_and_has_no_id()
    {
        await using var host = await TocsinHost.StartAsync();

        var usual = await host.With().GetJsonAsync(Threshold);

        usual.Text("id").ShouldBe("");
        usual.Text("threshold").ShouldBe("300");
        usual.Text("metric").ShouldBe("duration");
        usual.Text("projectId").ShouldBe("1");
        usual.GetProperty("editedBy").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task It_is_set_changed_and_taken_back()
    {
        await using var host = await TocsinHost.StartAsync();
        var ada = await host.MemberAsync(1, "ada@example.com", Role.Owner);
        var client = await host.UserTokenAsync(ada, Scope.ProjectWrite);

        var made = await client.PostJsonAsync(Threshold, new { threshold = "500", metric = "duration" }, HttpStatusCode.Created);
        host.Time.Advance(TimeSpan.FromMinutes(1));
        var changed = await client.PostJsonAsync(Threshold, new { threshold = 700 });

        made.Text("id").ShouldNotBeEmpty();
        made.Text("threshold").ShouldBe("500");
        made.Text("editedBy").ShouldBe($"{ada}");
        changed.Text("id").ShouldBe(made.Text("id"));
        changed.Text("threshold").ShouldBe("700");
        changed.GetProperty("dateAdded").GetDateTime().ShouldBe(made.GetProperty("dateAdded").GetDateTime());
        changed.GetProperty("dateUpdated").GetDateTime().ShouldBe(made.GetProperty("dateAdded").GetDateTime().AddMinutes(1));
        (await client.GetJsonAsync(Threshold)).GetRawText().ShouldBe(changed.GetRawText());
        (await client.GetJsonAsync(Project)).GetProperty("apdexThreshold").GetInt32().ShouldBe(700);
        host.Get<ProjectDirectory>().Get(1)!.Options.ApdexThreshold.ShouldBe(700);

        using (var gone = await client.DeleteAsync(Threshold))
        {
            gone.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        }
        (await client.GetJsonAsync(Threshold)).Text("threshold").ShouldBe("300");
        (await client.GetJsonAsync(Threshold)).Text("id").ShouldBe("");
    }

    [Fact]
    public async Task The_projects_settings_are_the_same_threshold()
    {
        await using var host = await TocsinHost.StartAsync();
        var client = host.With();

        await client.PutJsonAsync(Project, new { apdexThreshold = 1_250 });
        var read = await client.GetJsonAsync(Threshold);
        await client.PutJsonAsync(Project, new { name = "Renamed" });

        read.Text("threshold").ShouldBe("1250");
        read.Text("id").ShouldBe("1");
        (await client.GetJsonAsync(Threshold)).GetRawText().ShouldBe(read.GetRawText());
    }

    [Theory]
    [InlineData("""{"threshold":"250"}""", "threshold", "multiple of 100")]
    [InlineData("""{"threshold":0}""", "threshold", "multiple of 100")]
    [InlineData("""{"threshold":3600100}""", "threshold", "up to an hour")]
    [InlineData("""{"threshold":"300","metric":"lcp"}""", "metric", "lcp is not supported")]
    [InlineData("""{"threshold":"300","metric":"cls"}""", "metric", "Invalid transaction metric - cls")]
    public async Task What_cannot_be_is_refused_at_its_field_and_changes_nothing(string body, string field, string sentence)
    {
        await using var host = await TocsinHost.StartAsync();
        var client = host.With();

        var refusal = await client.PostJsonAsync(
            Threshold,
            JsonSerializer.Deserialize<JsonElement>(body),
            HttpStatusCode.BadRequest
        );

        refusal.GetProperty(field)[0].GetString()!.ShouldContain(sentence);
        (await client.GetJsonAsync(Threshold)).Text("id").ShouldBe("");
    }
}
