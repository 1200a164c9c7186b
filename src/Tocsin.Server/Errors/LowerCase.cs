using System.Text;

namespace Tocsin.Server.Errors;

/// <summary>The invariant lower case. Most names are ASCII and already are: those are seen at a glance and stay the same object.</summary>
static class LowerCase
{
    public static string Of(string text) =>
        Ascii.IsValid(text) && !text.AsSpan().ContainsAnyInRange('A', 'Z') ? text : text.ToLowerInvariant();
}
