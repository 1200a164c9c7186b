using System.Buffers.Binary;
using System.Net;
using System.Text;
using Tocsin.Server.Countries;

namespace Server.Tests.Countries;

/// <summary>
/// Writes files in the MaxMind DB format. As in real ones, IPv4 lies below ::/96 of a file for both, equal values are written once, and texts
/// that were written before are pointed to.
/// </summary>
/// <param name="recordBits">24, 28 or 32.</param>
/// <param name="isV6">Whether it has room for IPv6 too.</param>
/// <param name="isNested">As <c>country.iso_code</c>, behind a continent, instead of <c>country_code</c>.</param>
sealed class SomeCountryFile(int recordBits = 24, bool isV6 = true, bool isNested = false)
{
    const int Unknown = -1;

    readonly List<int[]> nodes =
    [
        [Unknown, Unknown],
    ];
    readonly List<byte> data = [];
    readonly Dictionary<string, int> values = [];
    readonly Dictionary<string, int> texts = [];

    /// <summary>Addresses that are kept for documentation, so that they are nobody's.</summary>
    public static SomeCountryFile Usual => new SomeCountryFile().With("203.0.113.0/24", "AT").With("2001:db8:1::/48", "CH");

    public SomeCountryFile With(string network, string country)
    {
        var slash = network.IndexOf('/', StringComparison.Ordinal);
        var address = IPAddress.Parse(network[..slash]).GetAddressBytes();
        var length = int.Parse(network[(slash + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        if (isV6 && address.Length == 4)
        {
            (address, length) = ([.. new byte[12], .. address], length + 96);
        }
        var node = 0;
        for (var bit = 0; bit < length - 1; bit++)
        {
            var side = Side(address, bit);
            if (nodes[node][side] == Unknown)
            {
                nodes[node][side] = nodes.Count;
                nodes.Add([Unknown, Unknown]);
            }
            node = nodes[node][side];
        }
        nodes[node][Side(address, length - 1)] = -2 - Value(country);
        return this;
    }

    public byte[] ToBytes()
    {
        List<byte> file = [];
        foreach (var node in nodes)
        {
            var (left, right) = (Record(node[0]), Record(node[1]));
            switch (recordBits)
            {
                case 24:
                    file.AddRange([.. BigEndian(left)[1..], .. BigEndian(right)[1..]]);
                    break;
                case 28:
                    var middle = (byte)(((left >> 24) << 4) | (right >> 24));
                    file.AddRange([.. BigEndian(left)[1..], middle, .. BigEndian(right)[1..]]);
                    break;
                default:
                    file.AddRange([.. BigEndian(left), .. BigEndian(right)]);
                    break;
            }
        }
        return
        [
            .. file,
            .. new byte[16],
            .. data,
            0xAB,
            0xCD,
            0xEF,
            .. "MaxMind.com"u8,
            (7 << 5) | 6,
            .. Text("description"),
            7 << 5,
            .. Text("node_count"),
            (6 << 5) | 4,
            .. BigEndian(nodes.Count),
            .. Text("record_size"),
            (5 << 5) | 1,
            (byte)recordBits,
            .. Text("ip_version"),
            (5 << 5) | 1,
            (byte)(isV6 ? 6 : 4),
            .. Text("binary_format_major_version"),
            (5 << 5) | 1,
            2,
            .. Text("build_epoch"),
            // 64 bits are an extended kind.
            4,
            2,
            .. BigEndian(1_781_740_800),
        ];
    }

    public CountryTable ToTable()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "some.mmdb");
        File.WriteAllBytes(path, ToBytes());
        return CountryFile.Read(path, out var fault).ShouldNotBeNull(fault);
    }

    static int Side(byte[] address, int bit) => (address[bit / 8] >> (7 - (bit % 8))) & 1;

    int Record(int end) =>
        end >= 0 ? end
        : end == Unknown ? nodes.Count
        : nodes.Count + 16 + (-2 - end);

    int Value(string country)
    {
        if (values.TryGetValue(country, out var known))
        {
            return known;
        }
        var at = data.Count;
        values[country] = at;
        if (isNested)
        {
            data.Add((7 << 5) | 2);
            Add("continent");
            data.Add((7 << 5) | 1);
            Add("names");
            // A list of a text, a boolean and a number with a fraction.
            data.AddRange([3, 4]);
            Add("somewhere");
            data.AddRange([1, 7]);
            data.AddRange([(3 << 5) | 8, .. new byte[8]]);
            Add("country");
            data.Add((7 << 5) | 1);
            Add("iso_code");
        }
        else
        {
            data.Add((7 << 5) | 1);
            Add("country_code");
        }
        Add(country);
        return at;
    }

    void Add(string text)
    {
        if (texts.TryGetValue(text, out var at))
        {
            data.AddRange([(byte)((1 << 5) | (at >> 8)), (byte)at]);
            return;
        }
        texts[text] = data.Count;
        data.AddRange(Text(text));
    }

    static byte[] Text(string text) =>
        text.Length < 29
            ? [(byte)((2 << 5) | text.Length), .. Encoding.UTF8.GetBytes(text)]
            : [(2 << 5) | 29, (byte)(text.Length - 29), .. Encoding.UTF8.GetBytes(text)];

    static byte[] BigEndian(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
