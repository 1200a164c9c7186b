namespace Tocsin.Server.Errors.Filters;

/// <summary>A page that was open during a deployment asks for files of the old one.</summary>
static class ChunkLoadFilter
{
    public static bool Matches(FilterSubject subject) =>
        subject.Event.Exceptions.Any(exception =>
            exception.Type == "ChunkLoadError"
            || exception.Value is { } value
                && (
                    value.StartsWith("ChunkLoadError", StringComparison.Ordinal)
                    || value.Contains("Loading chunk", StringComparison.Ordinal)
                        && value.Contains("failed", StringComparison.Ordinal)
                )
        );
}
