namespace Tocsin.Server.Scrubbing.Patterns;

/// <summary>The default rules for free text, by Sentry's names. A list each for the places where they apply.</summary>
static class TextPatterns
{
    const string Filtered = ScrubPass.Filtered;

    public static TextPattern[] Filter { get; } =
    [
        new("@creditcard:filter", Filtered, TextTraits.ManyDigits, CreditCard.Find),
        new("@iban:filter", Filtered, TextTraits.CountryCode, Iban.Find),
        new("@pemkey:filter", Filtered, TextTraits.Key, PemKey.Find),
        new("@urlauth:legacy", Filtered, TextTraits.At, UrlCredentials.Find),
        new("@userpath:filter", Filtered, TextTraits.Home, UserPath.Find),
        new("@bearer:filter", "Bearer " + Filtered, TextTraits.Bearer, BearerToken.Find),
        new("@usssn:filter", Filtered, TextTraits.DashedDigits, SocialSecurityNumber.Find),
    ];

    /// <summary>In sentences that are not messages of their own (breadcrumbs).</summary>
    public static TextPattern[] FilterInProse { get; } =
    [.. Filter, new("@password:filter", Filtered, TextTraits.Assignment, Assignment.Find)];

    public static TextPattern[] ReplaceInErrors { get; } =
    [
        new("@password:replace", Filtered, TextTraits.Assignment, Assignment.Find),
        new("@creditcard:replace", "[creditcard]", TextTraits.ManyDigits, CreditCard.Find),
        new("@iban:replace", "[iban]", TextTraits.CountryCode, Iban.Find),
        new("@pemkey:replace", "[pemkey]", TextTraits.Key, PemKey.Find),
        new("@urlauth:legacy", Filtered, TextTraits.At, UrlCredentials.Find),
        new("@bearer:replace", "Bearer [token]", TextTraits.Bearer, BearerToken.Find),
        new("@usssn:replace", "[us-ssn]", TextTraits.DashedDigits, SocialSecurityNumber.Find),
    ];

    public static TextPattern[] Replace { get; } =
    [.. ReplaceInErrors, new("@email:replace", "[email]", TextTraits.At, EmailAddress.Find)];

    public static TextPattern Address { get; } = new("@ip:replace", "[ip]", TextTraits.Address, NetworkAddress.Find);
}
