namespace Tocsin.Telemetry.Query.Search;

/// <summary>Leads out of the nested calls of one parse; never seen outside of it.</summary>
sealed class SearchSyntaxException(SearchError error) : Exception(error.Message)
{
    public SearchError Error => error;
}
