using System.Text.Json.Nodes;
using Tocsin.Telemetry.Rows;

namespace Server.Tests.Errors;

/// <summary>What of its stack traces an event is found by.</summary>
public class StackNamesTests
{
    static JsonObject Frame(string file, string function, bool? inApp, string? path = null, string? module = null) =>
        new()
        {
            ["filename"] = file,
            ["function"] = function,
            ["in_app"] = inApp,
            ["abs_path"] = path,
            ["module"] = module,
        };

    static JsonObject Stack(params JsonObject[] frames) => new() { ["frames"] = new JsonArray([.. frames]) };

    static EventRow Row(params JsonObject[] stacks) =>
        RowOf(
            new()
            {
                ["exception"] = new JsonArray([
                    .. stacks.Select(stack => new JsonObject { ["type"] = "ValueError", ["stacktrace"] = stack }),
                ]),
            }
        );

    static EventRow RowOf(JsonObject e)
    {
        e["event_id"] = "9ec79c33ec9942ab8353589fcb2e04dc";
        e["platform"] = "python";
        return SomeErrors.Prepared(e.ToJsonString()).Row!;
    }

    [Fact]
    public void Own_frames_and_where_something_was_thrown_are_found_newest_first()
    {
        var row = Row(
            Stack(
                Frame("flask/app.py", "wsgi", false),
                Frame("shop/views.py", "checkout", true, "/srv/shop/views.py", "shop.views"),
                Frame("flask/ctx.py", "push", false),
                Frame("shop/cart.py", "pay", true, "/srv/shop/cart.py", "shop.cart"),
                Frame("psycopg2/core.py", "execute", false)
            )
        );

        row.StackFiles.ShouldBe("\npsycopg2/core.py\nshop/cart.py\nshop/views.py\n");
        row.StackPaths.ShouldBe("\npsycopg2/core.py\n/srv/shop/cart.py\n/srv/shop/views.py\n");
        row.StackFunctions.ShouldBe("\nexecute\npay\ncheckout\n");
        row.StackModules.ShouldBe("\nshop.cart\nshop.views\n");
    }

    [Fact]
    public void Every_exception_of_a_chain_is_found_the_last_one_first()
    {
        var row = Row(Stack(Frame("a.py", "first", true)), Stack(Frame("b.py", "second", true), Frame("a.py", "third", true)));

        row.StackFiles.ShouldBe("\na.py\nb.py\n");
        row.StackFunctions.ShouldBe("\nthird\nsecond\nfirst\n");
        row.StackPaths.ShouldBeNull("the paths are the files");
    }

    [Fact]
    public void Where_no_frame_is_the_users_own_all_are_found()
    {
        var row = Row(Stack(Frame("one.py", "one", false), Frame("two.py", "two", false)));

        row.StackFiles.ShouldBe("\ntwo.py\none.py\n");
    }

    [Fact]
    public void A_deep_stack_keeps_the_names_nearest_to_the_failure_and_none_breaks_a_line()
    {
        var row = Row(
            Stack([
                .. Enumerable
                    .Range(0, 100)
                    .Select(at => Frame($"{at}.py", at == 99 ? $"odd\nname {new string('x', 500)}" : "again", true)),
            ])
        );

        var files = row.StackFiles!.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        files.Length.ShouldBe(30);
        files[0].ShouldBe("99.py");
        var functions = row.StackFunctions!.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        functions.Length.ShouldBe(2, "a recursion is named once");
        functions[0].ShouldStartWith("odd name xxx");
        functions[0].Length.ShouldBe(200);
    }

    [Fact]
    public void An_event_without_a_stack_has_no_names()
    {
        var row = RowOf(new() { ["message"] = "hello" });

        (row.StackFiles, row.StackPaths, row.StackFunctions, row.StackModules).ShouldBe((null, null, null, null));
    }
}
