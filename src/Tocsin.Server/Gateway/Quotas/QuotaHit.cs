using System.Globalization;

namespace Tocsin.Server.Gateway.Quotas;

/// <summary>A limit that is used up.</summary>
/// <param name="Scope"><c>key</c> or <c>project</c>.</param>
/// <param name="Categories">As in the header; empty: all.</param>
/// <param name="Reason">The outcome's reason too.</param>
sealed record QuotaHit(string Scope, string Categories, string Reason, TimeSpan Wait)
{
    const int LongestWait = 300;

    /// <summary>Whole seconds until a client may send again. Never long: a changed limit should soon be felt.</summary>
    public int RetryAfter => (int)Math.Clamp(Math.Ceiling(Wait.TotalSeconds), 1, LongestWait);

    /// <summary>One limit of <c>X-Sentry-Rate-Limits</c>: <c>60:default;error;security:key:key_quota</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{RetryAfter}:{Categories}:{Scope}:{Reason}");
}
