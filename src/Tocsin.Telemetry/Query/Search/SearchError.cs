namespace Tocsin.Telemetry.Query.Search;

/// <param name="Position">Of the first character that is wrong, from 0.</param>
/// <param name="Message">A sentence for the user.</param>
public sealed record SearchError(int Position, string Message);
