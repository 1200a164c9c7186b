using System.Net;

namespace Tocsin.Server.Countries;

/// <summary>
/// In which country an address is, by the operator's file; nothing is asked of the network. Only the two-letter code comes out of it, so that it
/// can be kept where the address is not.
/// </summary>
/// <param name="tree">Null: no file.</param>
/// <param name="codes">By the record of the tree.</param>
/// <param name="built">When whoever made the file did so.</param>
sealed class CountryTable(MaxMindTree? tree, IReadOnlyDictionary<uint, string> codes, DateOnly built)
{
    /// <summary>Knows no address.</summary>
    public static CountryTable None { get; } = new(null, new Dictionary<uint, string>(), default);

    public int Count { get; } = codes.Values.Distinct().Count();

    public DateOnly Built => built;

    /// <summary>Two capital letters; null: not known, or no address.</summary>
    public string? Of(string? address) =>
        tree is not null
        && IPAddress.TryParse(address, out var parsed)
        && tree.Find(parsed) is { } record
        && codes.TryGetValue(record, out var code)
            ? code
            : null;
}
