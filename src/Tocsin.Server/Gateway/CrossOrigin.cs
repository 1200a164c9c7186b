namespace Tocsin.Server.Gateway;

/// <summary>
/// Browsers may send from anywhere and read every answer, refusals included: which origins a project takes is decided later and
/// becomes an outcome, because an error that only a browser console shows helps nobody.
/// </summary>
static class CrossOrigin
{
    const string AllowedHeaders =
        "x-sentry-auth, x-requested-with, x-forwarded-for, origin, referer, accept, content-type, authentication, authorization, "
        + "content-encoding, transfer-encoding";
    const string ExposedHeaders = "x-sentry-error, x-sentry-rate-limits, retry-after";

    public static void Allow(IHeaderDictionary headers)
    {
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = ExposedHeaders;
    }

    public static void AllowPreflight(IHeaderDictionary headers)
    {
        headers.AccessControlAllowMethods = "POST";
        headers.AccessControlAllowHeaders = AllowedHeaders;
        headers.AccessControlMaxAge = "3600";
    }
}
