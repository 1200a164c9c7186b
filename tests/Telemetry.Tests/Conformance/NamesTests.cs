using Tocsin.Telemetry.Query;
using static Tocsin.Telemetry.Query.Expression;

namespace Telemetry.Tests.Conformance;

/// <summary>Event 1 went through two files and functions, event 2 through one file that its host knows by another path, event 3 has no stack.</summary>
public abstract class NamesTests : StoreTests
{
    Task GivenAsync() =>
        ApplyAsync(
            Some.Batch(
                1,
                Some.Event(1) with
                {
                    StackFiles = "\nshop/cart.py\nshop/views.py\n",
                    StackFunctions = "\npay\nDispatch_request\n",
                },
                Some.Event(2) with
                {
                    StackFiles = "\nlib/cart.py\n",
                    StackPaths = "\n/srv/lib/cart.py\n",
                },
                Some.Event(3)
            )
        );

    async Task<string> IdsAsync(Filter where)
    {
        var found = await AskAsync(Some.Query("id") with { Where = where, OrderBy = [new(new Field("id"), false)] });
        return string.Join(',', found.Rows.Select(row => row[0]));
    }

    [Theory]
    [InlineData("stack.filename", "shop/cart.py", "1")]
    [InlineData("stack.filename", "SHOP/Views.py", "1")]
    [InlineData("stack.filename", "cart.py", "")]
    [InlineData("stack.filename", "*cart.py", "1,2")]
    [InlineData("stack.filename", "shop*", "1")]
    [InlineData("stack.filename", "*b/c*", "2")]
    [InlineData("stack.filename", "*", "1,2")]
    [InlineData("stack.filename", "shop/*.py", "1")]
    [InlineData("stack.filename", "*a*T.py", "1,2")]
    [InlineData("stack.filename", "shop/c*s.py", "")]
    [InlineData("stack.filename", "shop_cart.py", "")]
    [InlineData("stack.filename", "shop/c%", "")]
    [InlineData("stack.filename", "shop.c*t.py", "")]
    [InlineData("stack.abs_path", "/srv/*", "2")]
    [InlineData("stack.abs_path", "shop/cart.py", "1")]
    [InlineData("stack.function", "dispatch_request", "1")]
    [InlineData("stack.module", "*", "")]
    public async Task One_of_several_names_is_found_whole_and_by_its_parts_but_never_across_two(
        string field,
        string pattern,
        string expected
    )
    {
        await GivenAsync();

        (await IdsAsync(new Filter.Among(new Field(field), pattern))).ShouldBe(expected);
    }

    [Fact]
    public async Task Names_are_also_there_and_not_and_equal_as_a_whole()
    {
        await GivenAsync();
        var files = new Field("stack.filename");

        (await IdsAsync(new Filter.Not(new Filter.Among(files, "shop/*")))).ShouldBe("2,3");
        (await IdsAsync(new Filter.Has(files))).ShouldBe("1,2");
        (await IdsAsync(new Filter.Compare(files, Comparison.Equal, "\nlib/cart.py\n"))).ShouldBe("2");
        (await IdsAsync(new Filter.Compare(files, Comparison.Equal, "lib/cart.py"))).ShouldBe("");
    }
}
