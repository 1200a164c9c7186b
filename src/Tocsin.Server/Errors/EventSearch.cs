using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Query.Search;

namespace Tocsin.Server.Errors;

/// <summary>The search of a list of events: every key asks the event itself.</summary>
static class EventSearch
{
    /// <summary>Neither: everything.</summary>
    public static (Filter? Filter, string? Error) Read(string? text, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return (null, null);
        }
        if (
            SearchParser.TryParse(text, out var term, out var problem)
            && SearchFilter.TryToFilter(term, FieldTable.Events, now, out var filter, out problem)
        )
        {
            return (filter, null);
        }
        return (null, $"Error parsing search query: {problem!.Message} (at {problem.Position})");
    }
}
