using System.Globalization;

namespace Tocsin.Server.Traces.Normalise;

/// <summary>
/// Which part of its traces a client says that it sent, 1 being all. Null wherever no rate is stated: what cannot be one is as good as absent.
/// Which of several counts is decided in docs/adr/0021-client-sampling.md.
/// </summary>
static class ClientRate
{
    /// <summary>Whoever has a key can state any rate: no span may stand for more than a million.</summary>
    const double Lowest = 1e-6;

    /// <summary>Of a threshold; those that follow the ones stated are zeros.</summary>
    const int MostDigits = 14;

    public static double? Of(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) ? Legal(rate) : null;

    /// <summary>
    /// By the threshold of consistent sampling, below which traces were left out: <c>ot=th:c</c> keeps a quarter. See
    /// https://opentelemetry.io/docs/specs/otel/trace/tracestate-probability-sampling/.
    /// </summary>
    /// <param name="state">W3C's <c>tracestate</c>: members apart by commas, those of OpenTelemetry's own by semicolons.</param>
    public static double? OfTraceState(string? state)
    {
        foreach (var member in state.AsSpan().Split(','))
        {
            if (Value(state.AsSpan(member), "ot=") is { IsEmpty: false } own)
            {
                foreach (var part in own.Split(';'))
                {
                    if (Value(own[part], "th:") is { IsEmpty: false } digits)
                    {
                        return OfThreshold(digits);
                    }
                }
            }
        }
        return null;
    }

    static double? OfThreshold(ReadOnlySpan<char> digits) =>
        digits.Length <= MostDigits
        && ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var threshold)
            ? Legal(((1UL << 56) - (threshold << (4 * (MostDigits - digits.Length)))) / (double)(1UL << 56))
            : null;

    static ReadOnlySpan<char> Value(ReadOnlySpan<char> member, string name) =>
        member.Trim() is var trimmed && trimmed.StartsWith(name, StringComparison.Ordinal) ? trimmed[name.Length..] : [];

    static double? Legal(double rate) => rate is >= Lowest and <= 1 ? rate : null;
}
