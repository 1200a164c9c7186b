using Tocsin.Server.Access;
using Tocsin.Server.Explore.Reading;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query.Search;

namespace Tocsin.Server.Explore;

/// <summary>Tells of each part of a question whether it can be answered, without answering it: what assistants ask before they ask.</summary>
sealed class QuestionCheck(QuestionReader reader)
{
    public async Task<QuestionCheckShape> OfAsync(Tenant tenant, ExploreRequest request, CancellationToken cancellation)
    {
        if (
            !ExploreDataset.TryFind(
                request.Dataset,
                [.. request.Fields, .. request.Sort, request.Query ?? ""],
                out var dataset,
                out var unknown
            )
        )
        {
            return new() { Dataset = [new(request.Dataset ?? "", unknown, null)] };
        }
        // Read alone, a part may not choose another dataset than all of them together.
        var bare = request with
        {
            Dataset = dataset.Name,
            Query = null,
            Sort = [],
        };
        if ((await ReadAsync(bare)).Question is null)
        {
            return new() { Projects = [new("At least one valid project is required to query")] };
        }
        List<CheckedName> fields = [];
        foreach (var name in request.Fields.Distinct())
        {
            fields.Add(await CheckAsync(name));
        }
        string[] known = [.. fields.Where(field => field.Valid).Select(field => field.Name)];
        List<CheckedName> order = [];
        foreach (var sort in request.Sort)
        {
            var (_, error) = await ReadAsync(bare with { Sort = [sort] }, known);
            order.Add(new(sort, error, fields.Find(field => field.Name == sort.TrimStart('-'))?.AttrType));
        }
        return new()
        {
            Field = fields,
            OrderBy = order,
            Query = await QueryAsync(),
        };

        async Task<CheckedQuery> QueryAsync()
        {
            var (_, error) = await ReadAsync(bare with { Query = request.Query }, known);
            List<CheckedName> keys = [];
            foreach (var key in SearchParser.TryParse(request.Query ?? "", out var term, out _) ? KeysOf(term) : [])
            {
                keys.Add(await CheckAsync(key));
            }
            return new(error is null, error, keys);
        }

        async Task<CheckedName> CheckAsync(string name)
        {
            var (question, error) = await ReadAsync(bare, name);
            return new(name, error, TypeOf(question));
        }

        async Task<(Question? Question, string? Error)> ReadAsync(ExploreRequest asked, params IReadOnlyList<string> columns)
        {
            try
            {
                return (await reader.ReadAsync(tenant, asked, columns, null, cancellation), null);
            }
            catch (Exception mistake) when (mistake is ExploreMistake or TelemetryQueryException)
            {
                return (null, mistake.Message);
            }
        }
    }

    static IEnumerable<string> KeysOf(SearchTerm term) =>
        term.Leaves()
            .Select(leaf =>
                leaf switch
                {
                    SearchTerm.Match match => match.Key.ToString(),
                    SearchTerm.Has has => has.Key.ToString(),
                    _ => null,
                }
            )
            .OfType<string>()
            .Distinct();

    static string? TypeOf(Question? question) =>
        question is not { Columns: [var column] }
            ? null
            : column.Type.Name switch
            {
                "boolean" => "boolean",
                "string" or "date" or "array" => "string",
                _ => "number",
            };
}
