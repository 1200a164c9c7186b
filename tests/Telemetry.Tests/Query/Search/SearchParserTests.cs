using System.Text;
using Tocsin.Telemetry.Query.Search;

namespace Telemetry.Tests.Query.Search;

public class SearchParserTests
{
    [Theory]
    [InlineData("", "and()")]
    [InlineData("   ", "and()")]
    [InlineData("level:error", "level Equal <error>")]
    [InlineData("  level:error   platform:python ", "and(level Equal <error> platform Equal <python>)")]
    [InlineData("!level:error", "!level Equal <error>")]
    [InlineData("user.email:foo@example.com", "user.email Equal <foo@example.com>")]
    [InlineData("key:\"a b\"", "key Equal <a b>")]
    [InlineData("key:\"say \\\"hi\\\"\"", "key Equal <say \"hi\">")]
    [InlineData("key:\"\"", "key Equal <>")]
    [InlineData("key:\"line\nbreak\"", "key Equal <line\nbreak>")]
    [InlineData("key:okay\"", "key Equal <okay\">")]
    [InlineData("\"quoted key\":value", "quoted key Equal <value>")]
    [InlineData("http.url:https://example.org/a?b=c", "http.url Equal <https://example.org/a?b=c>")]
    [InlineData("transaction:foo(bar)", "transaction Equal <foo(bar)>")]
    public void A_key_is_told_from_its_value(string text, string expected) => Parsed(text).ShouldBe(expected);

    [Theory]
    [InlineData("tags[foo]:bar", "tags[foo] Equal <bar>")]
    [InlineData("tags[\"foo bar\"]:bar", "tags[foo bar] Equal <bar>")]
    [InlineData("tags[retries,number]:>5", "tags[retries] Greater <5>")]
    [InlineData("tags[retries, boolean]:true", "tags[retries] Equal <true>")]
    [InlineData("!has:tags[foo]", "!has tags[foo]")]
    [InlineData("has:release", "has release")]
    [InlineData("has:\"odd key\"", "has odd key")]
    [InlineData("flags[\"my.flag\"]:true", "flags[\"my.flag\"] Equal <true>")]
    [InlineData("count():>10", "count() Greater <10>")]
    [InlineData("p95(transaction.duration):>1s", "p95(transaction.duration) Greater <1s>")]
    [InlineData("count_if(status, equals, \"a, b\"):>5", "count_if(status,equals,a, b) Greater <5>")]
    public void Keys_are_of_several_kinds(string text, string expected) => Parsed(text).ShouldBe(expected);

    [Theory]
    [InlineData("n:>5", "n Greater <5>")]
    [InlineData("n:>=5", "n GreaterOrEqual <5>")]
    [InlineData("n:<5", "n Less <5>")]
    [InlineData("n:<=5", "n LessOrEqual <5>")]
    [InlineData("n:=5", "n Equal <5>")]
    [InlineData("n:!=5", "n NotEqual <5>")]
    [InlineData("m:\uf00dContains\uf00dabc", "m Contains <abc>")]
    [InlineData("m:\uf00dStartsWith\uf00d\"a b\"", "m StartsWith <a b>")]
    [InlineData("m:\uf00dEndsWith\uf00d[a, b]", "m EndsWith <a>|<b>")]
    public void An_operator_stands_before_its_value(string text, string expected) => Parsed(text).ShouldBe(expected);

    [Theory]
    [InlineData("k:[a]", "k Equal <a>")]
    [InlineData("k:[a,b,c]", "k Equal <a>|<b>|<c>")]
    [InlineData("!k:[a, b,   \"c d\"]", "!k Equal <a>|<b>|<c d>")]
    [InlineData("k:[[h]]", "k Equal <[h]>")]
    [InlineData("k:[a, [h]] l:x", "and(k Equal <a>|<[h]> l Equal <x>)")]
    [InlineData("k:h[e]llo]", "k Equal <h[e]llo]>")]
    [InlineData("k:[h[e]llo", "k Equal <[h[e]llo>")]
    [InlineData("k:[h]*", "k Equal <[h]*>")]
    [InlineData("k:[]", "k Equal <[]>")]
    [InlineData("k:[h e]", "and(k Equal <[h> words<e]>)")]
    [InlineData("k:\"[h]\"", "k Equal <[h]>")]
    public void A_list_is_told_from_what_only_looks_like_one(string text, string expected) => Parsed(text).ShouldBe(expected);

    [Theory]
    [InlineData("hello", "words<hello>")]
    [InlineData("  hello   there ", "words<hello   there>")]
    [InlineData(
        "hello what user.email:foo where release:1.2 when",
        "and(words<hello what> user.email Equal <foo> words<where> release Equal <1.2> words<when>)"
    )]
    [InlineData("\"hello there\"", "words<hello there>")]
    [InlineData("cannot read \"x y\" of", "and(words<cannot read> words<x y> words<of>)")]
    [InlineData("see https://example.org/a:b now", "words<see https://example.org/a:b now>")]
    [InlineData("TypeError: x is undefined", null)]
    [InlineData("foo() is missing", "words<foo() is missing>")]
    public void Words_without_a_key_stay_together(string text, string? expected)
    {
        if (expected is not null)
        {
            Parsed(text).ShouldBe(expected);
        }
        else
        {
            SearchParser.TryParse(text, out _, out var error).ShouldBeFalse();
            error!.Position.ShouldBe("TypeError:".Length);
        }
    }

    [Theory]
    [InlineData("a:1 OR b:2", "or(a Equal <1> b Equal <2>)")]
    [InlineData("a:1 or b:2 and c:3", "or(a Equal <1> and(b Equal <2> c Equal <3>))")]
    [InlineData("a:1 b:2 OR c:3", "or(and(a Equal <1> b Equal <2>) c Equal <3>)")]
    [InlineData("a:1 AND (b:2 OR c:3)", "and(a Equal <1> or(b Equal <2> c Equal <3>))")]
    [InlineData("(a:1 OR b:2) c:3", "and(or(a Equal <1> b Equal <2>) c Equal <3>)")]
    [InlineData("((a:1))", "a Equal <1>")]
    [InlineData("()", "and()")]
    [InlineData("order:1", "order Equal <1>")]
    [InlineData("orange OR android", "or(words<orange> words<android>)")]
    public void And_binds_stronger_than_or(string text, string expected) => Parsed(text).ShouldBe(expected);

    [Theory]
    [InlineData("(a:1", "words<(a:1>")]
    [InlineData("a:1)", "and(a Equal <1> words<)>)")]
    [InlineData("undefined is not a function (evaluating x", "words<undefined is not a function> words<(evaluating x>")]
    public void A_parenthesis_without_its_partner_is_text(string text, string expected) =>
        Parsed(text).ShouldBe(text.StartsWith('u') ? $"and({expected})" : expected);

    [Theory]
    [InlineData("level:", 6, "\"level:\" wants a value; write \"\" for an empty one.")]
    [InlineData("level: error", 6, "\"level:\" wants a value; write \"\" for an empty one.")]
    [InlineData("has:", 4, "\"has:\" wants the name of a key.")]
    [InlineData("a:1 OR", 6, "Something is missing after \"OR\".")]
    [InlineData("OR a:1", 0, "Something is missing before \"OR\".")]
    [InlineData("a:1 AND", 7, "Something is missing after \"AND\".")]
    [InlineData("AND a:1", 0, "Something is missing before \"AND\".")]
    [InlineData("a:1 AND OR b:1", 8, "Something is missing after \"AND\".")]
    [InlineData("key:\"open", 4, "A quote is not closed. Write \\\" for a quote within a text.")]
    [InlineData("\"open", 0, "A quote is not closed. Write \\\" for a quote within a text.")]
    [InlineData("k:[a, ]", 6, "A value is missing in the list.")]
    [InlineData("k:[a,,b]", 5, "A value is missing in the list.")]
    public void An_error_tells_the_place_and_the_reason(string text, int position, string message)
    {
        SearchParser.TryParse(text, out _, out var error).ShouldBeFalse();
        error.ShouldBe(new SearchError(position, message));
    }

    [Fact]
    public void Depth_and_length_are_bounded()
    {
        SearchParser.TryParse(new string('(', 60) + "a" + new string(')', 60), out _, out var deep).ShouldBeFalse();
        deep!.Message.ShouldContain("nested");
        SearchParser.TryParse(new string('a', 10_001), out _, out var lengthy).ShouldBeFalse();
        lengthy!.Message.ShouldContain("10000");
    }

    [Fact]
    public void Unclosed_parentheses_do_not_multiply_the_work()
    {
        var text = string.Concat(Enumerable.Repeat("( ", 49)) + "a";

        SearchParser.TryParse(text, out var term, out _).ShouldBeTrue();
        term.ShouldBeOfType<SearchTerm.And>();
    }

    [Fact]
    public void No_text_makes_it_throw()
    {
        var random = new Random(20261120);
        string[] pieces =
        [
            "(",
            ")",
            "\"",
            "\\",
            ":",
            "!",
            "[",
            "]",
            ",",
            "*",
            "\\*",
            " ",
            "\t",
            "OR",
            "and ",
            "has:",
            "tags[",
            "flags[",
            "count(",
            "k",
            "é",
            "\ud800",
            "\0",
            "\uf00dContains\uf00d",
            ">=",
            "-24h",
            "1",
        ];
        for (var round = 0; round < 30_000; round++)
        {
            var text = new StringBuilder();
            for (var piece = random.Next(14); piece >= 0; piece--)
            {
                text.Append(pieces[random.Next(pieces.Length)]);
            }
            if (SearchParser.TryParse(text.ToString(), out var term, out var error))
            {
                SearchFilter.TryToFilter(term, Tocsin.Telemetry.Query.FieldTable.Events, DateTimeOffset.UnixEpoch, out _, out _);
            }
            else
            {
                error.Position.ShouldBeInRange(0, text.Length);
            }
        }
    }

    static string Parsed(string text)
    {
        SearchParser.TryParse(text, out var term, out var error).ShouldBeTrue(error?.Message);
        return Spelled.Out(term!);
    }
}
