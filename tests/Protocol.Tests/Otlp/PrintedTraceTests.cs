using System.Text;
using Tocsin.Protocol.Events;

namespace Protocol.Tests.Otlp;

/// <summary>Stack traces as the languages print them, with and without knowing the language.</summary>
public class PrintedTraceTests
{
    const string Script = """
        RangeError: bad index
            at Cart.add (/srv/shop/cart.js:13:24)
            at async Object.<anonymous> (file:///srv/shop/main.mjs:17:3)
            at Array.map (<anonymous>)
            at node:internal/main/run_main_module:28:49
        """;

    const string Python = """
        Traceback (most recent call last):
          File "/srv/shop/store.py", line 7, in load
            return rows[key]
                   ~~~~^^^^^
        KeyError: 'a: b'

        The above exception was the direct cause of the following exception:

        Traceback (most recent call last):
          File "/srv/shop/main.py", line 20, in <module>
            cart()
          File "/srv/shop/cart.py", line 9, in cart
        shop.errors.CartError: no cart
        """;

    const string Java = """
        java.lang.IllegalStateException: no cart
        	at com.acme.shop.Cart.add(Cart.java:42)
        	at java.base/java.lang.Thread.run(Thread.java:1583)
        	at com.acme.Native.call(Native Method)
        	Suppressed: java.io.IOException: close
        		at com.acme.shop.Store.close(Store.java:9)
        Caused by: java.sql.SQLException: gone
        	at com.acme.shop.Store.load(Store.java:7)
        	... 12 more
        """;

    const string DotNet = """
        System.InvalidOperationException: no cart
         ---> Npgsql.PostgresException (0x80004005): 42P01: relation does not exist
           at Npgsql.Internal.NpgsqlConnector.ReadMessage(Boolean async, Int32 bytes) in /src/NpgsqlConnector.cs:line 7
           --- End of inner exception stack trace ---
           at Shop.Cart..ctor(String id)
           at Shop.CartApi.<AddAsync>d__5.MoveNext() in C:\shop\CartApi.cs:line 42
        """;

    const string Go = """
        goroutine 18 [running]:
        github.com/acme/shop.(*Cart).Add(0xc0000b2000, {0x1, 0x2})
        	/srv/shop/cart.go:42 +0x1d
        main.main()
        	/srv/shop/main.go:9
        created by net/http.(*Server).Serve in goroutine 1
        	/usr/local/go/src/net/http/server.go:3285 +0x4b4

        goroutine 1 [select]:
        main.other()
        	/srv/shop/other.go:1 +0x1
        """;

    const string Ruby = """
        /srv/shop/cart.rb:13:in 'Cart#add': no cart (RuntimeError)
        /srv/shop/cart.rb:13:in 'Cart#add'
        	from /srv/shop/main.rb:3:in `<main>'
        """;

    const string PhpPrint = """
        RuntimeException: no cart in /srv/shop/cart.php:13
        Stack trace:
        #0 /srv/shop/main.php(3): Shop\Cart->add(Object(Item), Array)
        #1 [internal function]: array_map(Object(Closure))
        #2 {main}
        """;

    [Theory]
    [InlineData("nodejs", Script)]
    [InlineData(null, Script)]
    public void A_script_is_read(string? language, string trace) =>
        Frames(Thrown(language, trace).ShouldHaveSingleItem())
            .ShouldBe([
                ": node:internal/main/run_main_module:28:49",
                "Array.map: <anonymous>::",
                "Object.<anonymous>: file:///srv/shop/main.mjs:17:3",
                "Cart.add: /srv/shop/cart.js:13:24",
            ]);

    [Fact]
    public void A_folder_with_brackets_is_no_call() =>
        Frames(
                Thrown("nodejs", "Error: e\n    at /srv/app/(shop)/run.js:2:3\n    at Page (/srv/app/(shop)/page.js:13:24)\n")
                    .ShouldHaveSingleItem()
            )
            .ShouldBe(["Page: /srv/app/(shop)/page.js:13:24", ": /srv/app/(shop)/run.js:2:3"]);

    [Fact]
    public void What_other_browsers_print_is_read() =>
        Frames(
                Thrown("webjs", "add@https://example.com/cart.js:13:24\n@https://example.com/cart.js:20:1\n")
                    .ShouldHaveSingleItem()
            )
            .ShouldBe([": https://example.com/cart.js:20:1", "add: https://example.com/cart.js:13:24"]);

    [Theory]
    [InlineData("python")]
    [InlineData(null)]
    public void Python_is_read_with_its_cause(string? language)
    {
        var chain = Thrown(language, Python);
        chain.Count.ShouldBe(2);
        (chain[0].Type, chain[0].Value).ShouldBe(("KeyError", "'a: b'"));
        var loaded = chain[0].StackTrace!.Frames.ShouldHaveSingleItem();
        (loaded.Function, loaded.Filename, loaded.Line, loaded.ContextLine).ShouldBe(
            ("load", "/srv/shop/store.py", 7, "return rows[key]")
        );
        Frames(chain[1]).ShouldBe(["<module>: /srv/shop/main.py:20:", "cart: /srv/shop/cart.py:9:"]);
    }

    [Theory]
    [InlineData("java")]
    [InlineData(null)]
    public void Java_is_read_with_its_cause_and_without_what_was_suppressed(string? language)
    {
        var chain = Thrown(language, Java);
        chain.Count.ShouldBe(2);
        chain[0].Value.ShouldBe("gone");
        chain[0].Type.ShouldBe(language is null ? "java.sql.SQLException" : "SQLException");
        chain[0].Module.ShouldBe(language is null ? null : "java.sql");
        chain[0].StackTrace!.Frames.ShouldHaveSingleItem().Module.ShouldBe("com.acme.shop.Store");
        chain[1]
            .StackTrace!.Frames.Select(frame => (frame.Module, frame.Function, frame.Filename, frame.Line))
            .ShouldBe([
                ("com.acme.Native", "call", null, null),
                ("java.lang.Thread", "run", "Thread.java", 1583),
                ("com.acme.shop.Cart", "add", "Cart.java", 42),
            ]);
    }

    [Fact]
    public void DotNet_is_read_with_its_inner_exception()
    {
        var chain = Thrown("dotnet", DotNet);
        chain.Count.ShouldBe(2);
        (chain[0].Type, chain[0].Value).ShouldBe(("Npgsql.PostgresException", "42P01: relation does not exist"));
        var inner = chain[0].StackTrace!.Frames.ShouldHaveSingleItem();
        (inner.Module, inner.Function, inner.Filename, inner.AbsPath, inner.Line).ShouldBe(
            ("Npgsql.Internal.NpgsqlConnector", "ReadMessage", "NpgsqlConnector.cs", "/src/NpgsqlConnector.cs", 7)
        );
        chain[1]
            .StackTrace!.Frames.Select(frame => (frame.Module, frame.Function, frame.Filename, frame.Line))
            .ShouldBe([("Shop.CartApi.<AddAsync>d__5", "MoveNext", "CartApi.cs", 42), ("Shop.Cart", ".ctor", null, null)]);
    }

    [Theory]
    [InlineData("go")]
    [InlineData(null)]
    public void Go_is_read_by_its_first_goroutine(string? language) =>
        Thrown(language, Go)
            .ShouldHaveSingleItem()
            .StackTrace!.Frames.Select(frame => (frame.Module, frame.Function, frame.Filename, frame.Line))
            .ShouldBe([
                ("net/http", "(*Server).Serve", "server.go", 3285),
                ("main", "main", "main.go", 9),
                ("github.com/acme/shop", "(*Cart).Add", "cart.go", 42),
            ]);

    [Theory]
    [InlineData("ruby")]
    [InlineData(null)]
    public void Ruby_is_read_in_both_spellings(string? language) =>
        Frames(Thrown(language, Ruby).ShouldHaveSingleItem())
            .ShouldBe(["<main>: /srv/shop/main.rb:3:", "Cart#add: /srv/shop/cart.rb:13:"]);

    [Theory]
    [InlineData("php")]
    [InlineData(null)]
    public void Php_is_read_as_its_exceptions_print_it(string? language) =>
        Frames(Thrown(language, PhpPrint).ShouldHaveSingleItem())
            .ShouldBe(["array_map: ::", "Shop\\Cart->add: /srv/shop/main.php:3:"]);

    [Fact]
    public void What_no_language_prints_stays_in_the_extras()
    {
        var read = Event("rust", "   0: shop::cart\n   1: main");
        read.Exceptions.ShouldHaveSingleItem().StackTrace.ShouldBeNull();
        read.Extra!["exception.stacktrace"]!.GetValue<string>().ShouldContain("shop::cart");
    }

    [Fact]
    public void A_print_without_end_is_cut()
    {
        var endless = new StringBuilder().Insert(0, "    at f (/a.js:1:1)\n", 50_000).Append(' ', 10_000_000).ToString();
        Thrown("nodejs", endless).ShouldHaveSingleItem().StackTrace!.Frames.Count.ShouldBe(250);
        Thrown(null, new string('(', 3_000_000)).ShouldHaveSingleItem().StackTrace.ShouldBeNull();
        Thrown(null, string.Join('\n', Enumerable.Repeat("at " + new string('a', 1_990), 60)))
            .ShouldHaveSingleItem()
            .StackTrace.ShouldBeNull();
    }

    static IReadOnlyList<ExceptionValue> Thrown(string? language, string trace) => Event(language, trace).Exceptions;

    static ErrorEvent Event(string? language, string trace) => SomeThrow.Event(language, ("exception.stacktrace", trace));

    static IEnumerable<string> Frames(ExceptionValue exception) =>
        exception.StackTrace!.Frames.Select(frame => $"{frame.Function}: {frame.Filename}:{frame.Line}:{frame.Column}");
}
