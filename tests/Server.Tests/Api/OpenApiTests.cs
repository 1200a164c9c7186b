using System.Text.Json;
using Server.Tests.Hosting;

namespace Server.Tests.Api;

public class OpenApiTests
{
    static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public async Task The_committed_description_is_that_of_the_server()
    {
        await using var host = await TocsinHost.StartAsync();

        var document = await host.Anonymous().GetJsonAsync("/api/openapi.json");

        Approved.Matches("/docs/openapi.json", JsonSerializer.Serialize(document, Readable) + "\n");
    }

    [Fact]
    public async Task Every_operation_has_its_own_name_and_says_what_it_answers()
    {
        await using var host = await TocsinHost.StartAsync();

        var document = await host.Anonymous().GetJsonAsync("/api/openapi.json");

        var operations = document
            .GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject())
            .ToList();
        operations.Count.ShouldBeGreaterThan(40);
        operations.Select(operation => operation.Value.Text("operationId")).ShouldBeUnique();
        operations
            .Where(operation =>
                !operation.Value.GetProperty("responses").EnumerateObject().Any(answer => answer.Name.StartsWith('2'))
            )
            .Select(operation => operation.Value.Text("operationId"))
            .ShouldBeEmpty();
    }
}
