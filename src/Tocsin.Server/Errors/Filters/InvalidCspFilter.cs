using Tocsin.Server.Errors.SecurityReports;

namespace Tocsin.Server.Errors.Filters;

/// <summary>Policy reports that extensions and programs on the visitor's machine caused: the policy worked, and nobody can change them.</summary>
static class InvalidCspFilter
{
    static readonly string[] Sources =
    [
        "about",
        "chrome:",
        "chrome-extension:",
        "chromenull:",
        "moz-extension:",
        "ms-browser-extension:",
        "ms-appx:",
        "ms-appx-web:",
        "safari-extension:",
        "safari-web-extension:",
        "webviewprogressproxy:",
        "res:",
        "mxaddon-pkg:",
        "mx:",
        "mbinit:",
        "symres:",
        "resource:",
        "asset:",
        "tmtbff:",
        "localhost",
        "127.0.0.1",
    ];

    public static bool Matches(FilterSubject subject)
    {
        if (subject.Event.Type != "csp" || subject.Event.SecurityReport is not { } report)
        {
            return false;
        }
        var read = CspReport.Read(report);
        var file = (report["source_file"] ?? report["source-file"])?.ToString();
        return IsForeign(read.BlockedUri) || IsForeign(file);
    }

    static bool IsForeign(string? source)
    {
        if (string.IsNullOrEmpty(source))
        {
            return false;
        }
        var host = Uri.TryCreate(source, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? uri.Host : null;
        return Sources.Any(known =>
            known.EndsWith(':') || known == "about"
                ? source.StartsWith(known, StringComparison.OrdinalIgnoreCase)
                : host == known || host?.EndsWith("." + known, StringComparison.Ordinal) == true
        );
    }
}
