using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;

namespace Server.Tests.Scrubbing;

/// <summary>Events with known secrets in known places, and innocent texts that look like them. The same seed gives the same events.</summary>
sealed class PlantedSecrets(Random random)
{
    const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";

    static readonly string[] SecretNames =
    [
        "password",
        "db_password",
        "Passwd",
        "client_secret",
        "api_key",
        "apiKey",
        "X-Api-Key",
        "Authorization",
        "credentials",
        "mysql_pwd",
        "private_key",
        "access_token",
        "csrfToken",
        "otp",
    ];

    static readonly string[] PlainNames =
    [
        "order",
        "customer",
        "country",
        "step",
        "url",
        "count",
        "key",
        "city",
        "title",
        "path",
        "state",
    ];

    /// <summary>A secret and a text that holds it; the secret must be gone from whatever becomes of the text.</summary>
    public (string Secret, string Text) Secret()
    {
        var word = Word(12);
        return random.Next(9) switch
        {
            0 => Same(Card()),
            1 => In("card {0} was declined", Card()),
            2 => In("transfer to {0}.", Iban()),
            3 => In("-----BEGIN RSA PRIVATE KEY-----\n{0}\n-----END RSA PRIVATE KEY-----", Word(64)),
            4 => In("postgres://shop:{0}@db.internal/shop", word),
            5 => In("curl -H 'Bearer {0}' https://shop.example", Word(24)),
            6 => In("ssn {0} on file", $"{random.Next(100, 1000)}-{random.Next(10, 100)}-{random.Next(1000, 10000)}"),
            7 => In("cannot open /home/{0}/orders.csv", "u" + word),
            _ => In("GET /cart?access_token={0}", word),
        };
    }

    /// <summary>The event, its secrets, and its innocent texts by value.</summary>
    public (ErrorEvent Event, IReadOnlyList<string> Secrets, IReadOnlyList<string> Innocents) Next()
    {
        var secrets = new List<string>();
        var innocents = new List<string>();
        var e = new ErrorEvent
        {
            Extra = Bag(3, secrets, innocents),
            Contexts = new() { ["shop"] = Bag(2, secrets, innocents) },
            Tags = [.. Enumerable.Range(0, 3).Select(i => new EventTag("t" + i, Plant(secrets, innocents)))],
            Request = new()
            {
                Url = "https://shop.example/cart",
                Query = [Pair(secrets, innocents), Pair(secrets, innocents)],
                Headers = [Pair(secrets, innocents), Pair(secrets, innocents)],
                Cookies = [new("sessionid", Keep(secrets, Word(20))), new("theme", Keep(innocents, Innocent()))],
                Data = Bag(2, secrets, innocents),
                Env = Bag(1, secrets, innocents),
            },
            Breadcrumbs = [new() { Message = "went on", Data = RawBag.Of(Bag(2, secrets, innocents)) }],
            Exceptions =
            [
                new()
                {
                    Type = "E",
                    Value = "x",
                    StackTrace = new() { Frames = [new() { Function = "f", Vars = RawBag.Of(Bag(2, secrets, innocents)) }] },
                },
            ],
        };
        return (e, secrets, innocents);
    }

    JsonObject Bag(int depth, List<string> secrets, List<string> innocents)
    {
        var bag = new JsonObject();
        for (var i = 0; i < 4; i++)
        {
            var isSecret = random.Next(3) == 0;
            var name = (isSecret ? SecretNames : PlainNames)[random.Next(isSecret ? SecretNames.Length : PlainNames.Length)];
            bag[name] =
                isSecret ? Keep(secrets, Word(10))
                : depth > 0 && random.Next(3) == 0 ? Bag(depth - 1, secrets, innocents)
                : random.Next(4) == 0 ? new JsonArray(Plant(secrets, innocents), random.Next())
                : Plant(secrets, innocents);
        }
        return bag;
    }

    NameValue Pair(List<string> secrets, List<string> innocents) =>
        random.Next(2) == 0
            ? new(SecretNames[random.Next(SecretNames.Length)], Keep(secrets, Word(14)))
            : new(PlainNames[random.Next(PlainNames.Length)], Plant(secrets, innocents));

    string Plant(List<string> secrets, List<string> innocents)
    {
        if (random.Next(2) == 0)
        {
            return Keep(innocents, Innocent());
        }
        var (secret, text) = Secret();
        secrets.Add(secret);
        return text;
    }

    /// <summary>What is in every event and no secret: ids, times, numbers, addresses, prose.</summary>
    string Innocent() =>
        random.Next(12) switch
        {
            0 => Guid(),
            1 => $"2026-11-{random.Next(10, 30)}T18:40:00.{random.Next(100, 999)}Z",
            2 => $"https://shop.example/home/orders/{random.Next()}?page={random.Next(9)}",
            3 => $"order {random.Next()} of customer {random.Next()} shipped in {random.NextDouble()} s",
            4 => $"/srv/app/releases/{random.Next()}/cart.py",
            5 => random.NextDouble().ToString(System.Globalization.CultureInfo.InvariantCulture),
            6 => $"17{random.NextInt64(10_000_000_000_000, 99_999_999_999_999)}",
            7 => Convert.ToHexStringLower(Bytes(20)),
            8 => $"SELECT * FROM orders WHERE id = {random.Next()} -- author {Word(5)}",
            9 => $"+49 30 {random.Next(1_000_000, 9_999_999)}",
            10 => $"shop@{random.Next(9)}.{random.Next(99)}.{random.Next(99)}-beta",
            _ => $"{Word(6)} {Word(3)} {Word(8)}",
        };

    string Card()
    {
        var groups =
            random.Next(2) == 0
                ? $"4{random.Next(100, 1000)}-{random.Next(1000, 10000)}-{random.Next(1000, 10000)}-{random.Next(1000, 10000)}"
                : $"5{random.Next(1, 6)}{random.Next(10, 100)} {random.Next(1000, 10000)} {random.Next(1000, 10000)} {random.Next(1000, 10000)}";
        return random.Next(2) == 0 ? groups : groups.Replace("-", "").Replace(" ", "");
    }

    string Iban() => $"DE{random.Next(10, 100)}{random.NextInt64(100_000_000_000_000_000, 999_999_999_999_999_999)}";

    string Guid() => new Guid(Bytes(16)).ToString();

    byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    string Word(int length) => new([.. Enumerable.Range(0, length).Select(_ => Letters[random.Next(Letters.Length)])]);

    static string Keep(List<string> list, string value)
    {
        list.Add(value);
        return value;
    }

    static (string, string) Same(string secret) => (secret, secret);

    static (string, string) In(string text, string secret) => (secret, text.Replace("{0}", secret, StringComparison.Ordinal));
}
