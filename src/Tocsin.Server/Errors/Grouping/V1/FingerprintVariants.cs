using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.Grouping.Fingerprints;

namespace Tocsin.Server.Errors.Grouping.V1;

/// <summary>
/// What a checksum or fingerprint makes of the default variants: it replaces them, or, where it holds <c>{{ default }}</c>, salts each of them.
/// The variants that no longer count stay, so that the page can show what would have been.
/// </summary>
static class FingerprintVariants
{
    public static (IReadOnlyList<Variant> Variants, IReadOnlyList<string>? Fingerprint) Apply(
        ErrorEvent e,
        IReadOnlyList<Variant> variants,
        FingerprintRule? rule
    )
    {
        if (rule is null && e.Fingerprint is null or [] && e.Checksum is { Length: > 0 } checksum)
        {
            return ([Checksum(checksum), .. Silenced(variants, "the checksum takes precedence")], null);
        }
        var fingerprint = rule?.Values ?? e.Fingerprint;
        if (fingerprint is null or [] || (fingerprint.Count == 1 && FingerprintVariables.IsDefault(fingerprint[0])))
        {
            return (variants, null);
        }
        var values = fingerprint.Select(value => Resolve(value, e)).ToArray();
        if (!values.Any(FingerprintVariables.IsDefault))
        {
            var root = new Component("fingerprint", true) { Values = values };
            return ([new("custom_fingerprint", root), .. Silenced(variants, "the fingerprint takes precedence")], values);
        }
        return ([.. variants.Select(variant => Salted(variant, values))], values);
    }

    static Variant Checksum(string checksum)
    {
        var isHash = checksum.Length == 32 && checksum.All(char.IsAsciiHexDigit);
        var root = Component.Leaf("checksum", checksum, isHash ? null : "hashed");
        return new("checksum", root) { Hash = isHash ? checksum.ToLowerInvariant() : null };
    }

    static string Resolve(string value, ErrorEvent e)
    {
        if (FingerprintVariables.IsDefault(value))
        {
            return value;
        }
        // Clients often put the message itself into the fingerprint; its variable parts would make an issue per event.
        return e.Exceptions.Any(exception => exception.Value == value)
            ? Parameterisation.Apply(value)
            : FingerprintVariables.Fill(value, e);
    }

    static Variant Salted(Variant variant, string[] values)
    {
        if (!variant.Contributes)
        {
            return variant;
        }
        string[] spliced = [.. values.SelectMany(value => FingerprintVariables.IsDefault(value) ? variant.Leaves : [value])];
        var root = Component.Branch("salted", [new Component("fingerprint", true) { Values = values }, variant.Root]);
        return new("salted_" + variant.Name, root) { Hash = GroupHash.Of(spliced) };
    }

    static IEnumerable<Variant> Silenced(IReadOnlyList<Variant> variants, string hint) =>
        variants
            .Where(variant => variant.Name != "fallback")
            .Select(variant => new Variant(variant.Name, variant.Root.Without(hint)));
}
