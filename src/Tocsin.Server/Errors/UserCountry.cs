using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;
using Tocsin.Server.Countries;

namespace Tocsin.Server.Errors;

/// <summary>Where the user of an event is: <c>user.geo.country_code</c>, of the user's address where the client does not state it.</summary>
static class UserCountry
{
    const string Key = "country_code";

    /// <param name="e">Normalised, and not scrubbed yet.</param>
    /// <param name="countries">By address.</param>
    public static ErrorEvent Apply(ErrorEvent e, CountryTable countries)
    {
        if (e.User is not { } user || Stated(user) is not null || countries.Of(user.IpAddress) is not { } code)
        {
            return e;
        }
        var geo = (JsonObject?)user.Geo?.DeepClone() ?? [];
        geo[Key] = code;
        return e with { User = user with { Geo = geo } };
    }

    /// <summary>As it stands in the event; null: the event names no country.</summary>
    public static string? Stated(EventUser? user) =>
        user?.Geo?[Key] is JsonValue code && code.TryGetValue(out string? country) && country.Length > 0 ? country : null;
}
