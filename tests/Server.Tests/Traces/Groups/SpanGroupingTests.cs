using Tocsin.Server.Traces.Groups;

namespace Server.Tests.Traces.Groups;

public sealed class SpanGroupingTests
{
    [Theory]
    [InlineData(
        "http.client",
        "GET https://api.example.com/users/42?token=x",
        "GET api.example.com/users/*",
        "api.example.com",
        "GET"
    )]
    [InlineData("http.client", "POST http://ada:pw@api.example.com:8443/a", "POST api.example.com/a", "api.example.com", "POST")]
    [InlineData("http.client", "GET http://10.1.2.3:80/x/3f2504e04f8911d39a0c0305e82c3301", "GET *.*.*.*/x/*", "*.*.*.*", "GET")]
    [InlineData("http.client", "GET http://127.0.0.1:51973/some/page", "GET 127.0.0.1/some/page", "127.0.0.1", "GET")]
    [InlineData("http.client", "GET /api/orders/2026-11-20/items", "GET /api/orders/*/items", null, "GET")]
    [InlineData("http.client", "GET http://x", "GET x/", "x", "GET")]
    [InlineData(
        "http.client",
        "GET https://pod-7f8d91c2.shop.svc/v2/items",
        "GET pod-*.shop.svc/v2/items",
        "pod-*.shop.svc",
        "GET"
    )]
    [InlineData("cache.get", "user:42:cart", "user:*:cart", null, "get")]
    [InlineData("cache.put", "views/3f2504e04f8911d3", "views/*", null, "put")]
    [InlineData("db.redis", "GET user:42", "GET user:*", null, "GET")]
    [InlineData("db.redis", "set 'session:9f3c1e5a7b2d' '{}' EX 100", "SET session:* *", null, "SET")]
    [InlineData("db.redis", "AUTH default hunter2", "AUTH", null, "AUTH")]
    [InlineData("queue.publish", "orders", "orders", null, "publish")]
    [InlineData(
        "resource.script",
        "https://cdn.example.com/static/main.3f2a91c0.js?v=2",
        "cdn.example.com/static/main.*.js",
        "cdn.example.com",
        "script"
    )]
    [InlineData("resource.css", "/assets/app-BQx81a.css", "/assets/app-BQx81a.css", null, "css")]
    [InlineData("resource.img", "data:image/png;base64,AAAA", "data:*", null, "img")]
    [InlineData("resource.other", "chrome-extension://abc/x.js", "chrome-extension://*", null, "other")]
    [InlineData("file.write", "/tmp/upload_31337.png", "/tmp/upload_*.png", null, "write")]
    [InlineData("graphql.execute", "query Cart($id: ID!) { cart(id: $id) { total } }", "query Cart", null, "query")]
    [InlineData("graphql", "{ user(id: 42, name: \"ada\") { id } }", "{ user(id: *, name: *) { id } }", null, "query")]
    [InlineData("template.render", "cart/item.html", "cart/item.html", null, null)]
    [InlineData("function", "import batch 1234 of 99", "import batch * of *", null, null)]
    [InlineData("ui.load", "CartActivity", "CartActivity", null, null)]
    public void Spans_are_grouped_by_what_they_do(string op, string description, string name, string? domain, string? action)
    {
        var subject = new SpanSubject
        {
            Op = op,
            Category = SpanCategory.Of(op),
            Description = description,
        };
        SpanGrouping.Of(subject).ShouldBe(new(name, domain, action));
    }

    [Fact]
    public void A_document_command_keeps_its_fields()
    {
        var subject = new SpanSubject
        {
            Op = "db",
            Category = "db",
            DbSystem = "mongodb",
            Collection = "carts",
            Description = """{"find":"carts","filter":{"_id":"65a1","items":{"$in":[1,2,3]}}}""",
        };
        SpanGrouping.Of(subject).ShouldBe(new("carts {find: ?, filter: {_id: ?, items: {$in: [?]}}}", "carts", "find"));
    }

    [Theory]
    [InlineData("""{"find":"carts","filter":{"name":"ada lovel""", "carts {find: ?, filter: {name: ?}}")]
    [InlineData("""{"find":"carts","filter":{"age":{"$gt":18...""", "carts {find: ?, filter: {age: {$gt:")]
    [InlineData("""[{"$match":{"status":"open"}},{"$limit":5}]""", "carts [{$match: {status: ?}}]")]
    public void A_document_that_was_cut_short_has_no_values_either(string statement, string name)
    {
        var subject = new SpanSubject
        {
            Op = "db",
            Category = "db",
            DbSystem = "mongodb",
            Collection = "carts",
            Operation = "find",
            Description = statement,
        };
        SpanGrouping.Of(subject).ShouldBe(new(name, "carts", "find"));
    }

    [Fact]
    public void The_address_of_an_attribute_wins_over_a_name_without_one()
    {
        var subject = new SpanSubject
        {
            Op = "http.client",
            Category = "http",
            Description = "GET 127.0.0.1",
            Url = "http://127.0.0.1:35567/data/7?x=1",
            Method = "GET",
        };
        SpanGrouping.Of(subject).Name.ShouldBe("GET 127.0.0.1/data/*");
    }

    /// <summary>OpenTelemetry names a call after its method; without an address the host is all that is known.</summary>
    [Theory]
    [InlineData("GET", "api.example.com:8443", "GET api.example.com")]
    [InlineData("HTTP GET", "api.example.com", "GET api.example.com")]
    [InlineData("GET", null, null)]
    public void A_method_alone_is_no_address(string description, string? server, string? name)
    {
        var subject = new SpanSubject
        {
            Op = "http.client",
            Category = "http",
            Description = description,
            Server = server,
        };
        SpanGrouping.Of(subject).Name.ShouldBe(name);
    }

    [Fact]
    public void A_document_with_half_a_surrogate_pair_is_grouped_by_its_words()
    {
        var subject = new SpanSubject
        {
            Op = "db",
            Category = "db",
            DbSystem = "mongodb",
            Description = """{"\ud800":1}""",
        };
        SpanGrouping.Of(subject).Name.ShouldBe("""{"*":*}""");
    }

    /// <summary>The numbers are stored with every span: a release that counts them otherwise splits every group in two.</summary>
    [Fact]
    public void The_hash_of_a_group_never_changes()
    {
        SpanGroup.Of("SELECT %s").HashFor("db").ShouldBe(Known);
        SpanGroup.None.HashFor("db").ShouldBe(0);
        SpanGroup.Of("SELECT %s").HashFor("db.sql").ShouldNotBe(Known);
    }

    const long Known = -2_527_456_232_843_429_092;

    [Theory]
    [InlineData("42", true)]
    [InlineData("3f2504e0-4f89-11d3-9a0c-0305e82c3301", true)]
    [InlineData("da39a3ee5e6b4b0d3255bfef95601890afd80709", true)]
    [InlineData("2026-11-20", true)]
    [InlineData("user-1234", true)]
    [InlineData("ada@example.com", true)]
    [InlineData("ada%40example.com", true)]
    [InlineData("eyJhbGciOiJIUzI1NiIsInR5cCI6", true)]
    [InlineData("v2", false)]
    [InlineData("users", false)]
    [InlineData("facade", false)]
    [InlineData("deadbeefcafe", false)]
    [InlineData("oauth2", false)]
    [InlineData("getServerSideProps", false)]
    [InlineData("ThisIsAVeryLongClassNameOfJava", false)]
    [InlineData("", false)]
    public void An_id_is_told_from_a_word(string word, bool isId) => Identifiers.IsId(word).ShouldBe(isId);
}
