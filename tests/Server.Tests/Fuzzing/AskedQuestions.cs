using System.Text;
using Tocsin.Server.Explore;
using Tocsin.Server.Explore.Reading;
using Tocsin.Server.Issues.Search;
using Tocsin.Telemetry.Query.Search;

namespace Server.Tests.Fuzzing;

/// <summary>What a question of Explore is made of: a column, a function or an equation, and in the lines behind it a search.</summary>
static class AskedQuestions
{
    static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static void Of(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body).Split('\n', 2);
        foreach (var name in (string[])["errors", "spans", "transactions"])
        {
            ExploreDataset.TryFind(name, [], out var dataset, out _);
            var columns = new ColumnReader(dataset!, TimeSpan.FromHours(1), ApdexThreshold.Usual);
            Read(() => columns.Read(text[0]));
            var search = new SearchReader(
                columns,
                new(dataset!, [], new Dictionary<string, long>(), new Dictionary<SearchTerm.Match, IssueSelectionByTerm>()),
                Now
            );
            Read(() => search.Read(SearchReader.Parse(text[^1], dataset!)));
        }
    }

    static void Read<T>(Func<T> read)
    {
        try
        {
            _ = read();
        }
        catch (ExploreMistake)
        {
            // Answered with 400 and a sentence.
        }
    }
}
