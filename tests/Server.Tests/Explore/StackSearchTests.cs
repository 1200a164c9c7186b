using System.Text.Json;
using Server.Tests.Hosting;
using Server.Tests.Traces;

namespace Server.Tests.Explore;

/// <summary>Two errors of one issue in the cart, one of another issue in the stock, and one without a stack.</summary>
public sealed class StackShop : IAsyncLifetime
{
    TocsinHost host = null!;

    internal HttpClient Client => host.With();

    public async ValueTask InitializeAsync()
    {
        host = await TocsinHost.StartAsync();
        var cart = await host.IssueAsync(1, 1, "Cart");
        var stock = await host.IssueAsync(1, 2, "Stock");
        var bare = await host.IssueAsync(1, 3, "Bare");
        await host.StoreAsync(
            [],
            [
                host.Error(1, cart) with
                {
                    StackFiles = "\nshop/cart.py\nshop/views.py\n",
                    StackFunctions = "\npay\n",
                },
                host.Error(2, cart) with
                {
                    StackFiles = "\nshop/cart.py\n",
                    StackFunctions = "\nrefund\n",
                },
                host.Error(3, stock) with
                {
                    StackFiles = "\nshop/stock.py\n",
                    StackModules = "\nshop.stock\n",
                },
                host.Error(4, bare) with
                {
                    Culprit = "shop.checkout",
                    Transaction = "POST /pay-later",
                    ErrorValue = "declined\nby the bank",
                },
            ]
        );
    }

    public async ValueTask DisposeAsync() => await host.DisposeAsync();
}

public class StackSearchTests(StackShop shop) : IClassFixture<StackShop>
{
    const string Organization = "/api/0/organizations/default";

    static string Asking(string query) => Uri.EscapeDataString(query);

    [Theory]
    [InlineData("stack.filename:shop/cart.py", "Failure 1,Failure 2")]
    [InlineData("stack.filename:\"*views.py\"", "Failure 1")]
    [InlineData("stack.filename:[shop/views.py, *stock*]", "Failure 1,Failure 3")]
    [InlineData("!stack.filename:*cart*", "Failure 3,Failure 4")]
    [InlineData("stack.filename:*cart* !stack.function:pay", "Failure 2")]
    [InlineData("has:stack.filename", "Failure 1,Failure 2,Failure 3")]
    [InlineData("stack.filename:\"\"", "Failure 4")]
    [InlineData("stack.abs_path:*/cart.py", "Failure 1,Failure 2")]
    [InlineData("stack.module:shop.stock", "Failure 3")]
    [InlineData("stack.filename:\uf00dContains\uf00dview", "Failure 1")]
    public async Task Errors_are_found_by_files_functions_and_modules_of_their_stacks(string query, string titles)
    {
        var answer = await shop.Client.GetJsonAsync(
            $"{Organization}/events/?dataset=errors&field=title&sort=title&query={Asking(query)}"
        );
        var listed = await shop.Client.GetJsonAsync($"/api/0/projects/default/default/events/?query={Asking(query)}");

        string.Join(',', answer.GetProperty("data").EnumerateArray().Select(row => row.Text("title"))).ShouldBe(titles);
        listed.EnumerateArray().Select(row => row.Text("title")).Order().ShouldBe(titles.Split(','));
    }

    [Theory]
    [InlineData("failure 4", 1)]
    [InlineData("Checkout", 1)]
    [InlineData("pay-later", 1)]
    [InlineData("the bank", 1)]
    [InlineData("refund", 0)]
    [InlineData("message:checkout", 0)]
    public async Task Words_are_looked_for_in_what_an_error_says_of_itself_but_not_in_its_stack(string query, int found)
    {
        var answer = await shop.Client.GetJsonAsync($"{Organization}/events/?dataset=errors&field=title&query={Asking(query)}");

        answer.GetProperty("data").GetArrayLength().ShouldBe(found);
    }

    [Fact]
    public async Task Issues_are_found_by_the_stacks_of_their_events()
    {
        var found = await shop.Client.GetJsonAsync($"{Organization}/issues/?query={Asking("stack.filename:*/cart.py")}");

        found.EnumerateArray().ShouldHaveSingleItem().Text("title").ShouldBe("Cart");
    }

    [Fact]
    public async Task The_names_of_a_stack_are_a_list_by_which_rows_are_grouped_and_counted()
    {
        string[] fields = ["stack.filename", "count()", "count_if(stack.function,equals,pay)"];
        var asked = string.Concat(fields.Select(field => $"&field={Asking(field)}"));

        var answer = await shop.Client.GetJsonAsync($"{Organization}/events/?dataset=errors&sort=stack.filename{asked}");

        answer.GetProperty("meta").GetProperty("fields").Text("stack.filename").ShouldBe("array");
        answer
            .GetProperty("data")
            .EnumerateArray()
            .Select(row => (Files: Files(row), row.GetProperty("count()").GetInt64(), Pay: row.GetProperty(fields[2]).GetInt64()))
            .ShouldBe([("shop/cart.py", 1, 0), ("shop/cart.py+shop/views.py", 1, 1), ("shop/stock.py", 1, 0), ("", 1, 0)]);

        static string Files(JsonElement row) =>
            row.GetProperty("stack.filename") is { ValueKind: JsonValueKind.Array } list
                ? string.Join('+', list.EnumerateArray().Select(name => name.GetString()))
                : "";
    }

    [Fact]
    public async Task Series_of_the_most_frequent_lists_of_names_are_told_apart()
    {
        var lines = await shop.Client.GetJsonAsync(
            $"{Organization}/events-stats/?dataset=errors&field=stack.filename&topEvents=3&statsPeriod=1h"
        );

        Total("shop/cart.py").ShouldBe(1);
        Total("shop/cart.py, shop/views.py").ShouldBe(1);

        double Total(string name) =>
            lines.GetProperty(name).GetProperty("data").EnumerateArray().Sum(step => step[1][0].GetProperty("count").GetDouble());
    }

    [Fact]
    public async Task Names_are_suggested_each_by_itself()
    {
        var values = await shop.Client.GetJsonAsync($"{Organization}/tags/stack.filename/values/?query=SHOP");

        values
            .EnumerateArray()
            .Select(value => (value.Text("value"), value.GetProperty("count").GetInt64()))
            .ShouldBe([("shop/cart.py", 2), ("shop/stock.py", 1), ("shop/views.py", 1)]);
    }
}
