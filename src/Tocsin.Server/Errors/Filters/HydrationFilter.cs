namespace Tocsin.Server.Errors.Filters;

/// <summary>React could not attach to the server's markup; mostly extensions changed the page. 418–425 are React's numbers for it.</summary>
static class HydrationFilter
{
    static readonly string[] Texts =
    [
        "https://reactjs.org/docs/error-decoder.html?invariant=418",
        "https://reactjs.org/docs/error-decoder.html?invariant=419",
        "https://reactjs.org/docs/error-decoder.html?invariant=422",
        "https://reactjs.org/docs/error-decoder.html?invariant=423",
        "https://reactjs.org/docs/error-decoder.html?invariant=425",
        "https://react.dev/errors/418",
        "https://react.dev/errors/419",
        "https://react.dev/errors/422",
        "https://react.dev/errors/423",
        "https://react.dev/errors/425",
        "Hydration failed because",
        "There was an error while hydrating",
        "Text content does not match server-rendered HTML",
    ];

    public static bool Matches(FilterSubject subject) =>
        subject.Event.Exceptions.Any(exception =>
            exception.Value is { } value && Texts.Any(text => value.Contains(text, StringComparison.OrdinalIgnoreCase))
        );
}
