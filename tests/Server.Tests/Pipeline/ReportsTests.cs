using System.Text;
using Server.Tests.Projects;
using Tocsin.Protocol;
using Tocsin.Server.Gateway;
using Tocsin.Server.Gateway.Bodies;
using Tocsin.Server.Pipeline;

namespace Server.Tests.Pipeline;

/// <summary>What a browser posted to the door of security reports, as items.</summary>
public sealed class ReportsTests
{
    static readonly EventId First = EventId.New();

    [Fact]
    public async Task Each_report_of_a_list_is_an_item_with_an_id_of_its_own()
    {
        var items = await OpenAsync("""[{"a":1}, {"b":[2]} ]""");

        items.Select(item => (item.Item.Index, item.Item.ItemType)).ShouldBe([(0, "raw_security"), (1, "raw_security")]);
        items.Select(item => Encoding.UTF8.GetString(item.Payload.Span)).ShouldBe(["""{"a":1}""", """{"b":[2]}"""]);
        items[0].Context!.Receipt.EventId.ShouldBe(First);
        items[1].Context!.Receipt.EventId.ShouldNotBe(First);
        (await OpenAsync("""[{"a":1}, {"b":[2]} ]"""))[1].Context!.Receipt.EventId.ShouldBe(items[1].Context!.Receipt.EventId);
        items.ShouldAllBe(item => item.Item.Quantities.Single() == new CategoryQuantity(DataCategory.Security, 1));
    }

    [Fact]
    public async Task Reports_that_the_limit_took_out_are_left_out_and_the_others_keep_their_ids()
    {
        var whole = await OpenAsync("[{},{},{}]");
        var thinned = await OpenAsync("[{},{},{}]", refused: [1]);
        thinned.Select(item => item.Item.Index).ShouldBe([0, 2]);
        thinned[1].Context!.Receipt.EventId.ShouldBe(whole[2].Context!.Receipt.EventId);
    }

    [Theory]
    [InlineData("{\"csp-report\":{}}")]
    [InlineData("[]")]
    [InlineData("no JSON, taken by an earlier release")]
    public async Task What_is_no_list_is_one_item(string body)
    {
        var item = (await OpenAsync(body)).ShouldHaveSingleItem();
        Encoding.UTF8.GetString(item.Payload.Span).ShouldBe(body);
        item.Context!.Receipt.EventId.ShouldBe(First);
    }

    static async Task<IReadOnlyList<UnpackedItem>> OpenAsync(string body, params int[] refused)
    {
        await using var projects = await SomeProjects.CreateAsync();
        await projects.CreateAsync("Shop");
        await projects.Directory.RefreshAsync(CancellationToken.None);
        var shop = projects.Directory.All.Single(project => project.Slug == "shop");
        var receipt = new Receipt
        {
            Door = Door.Security,
            ProjectId = shop.Id,
            Received = 1,
            EventId = First,
            Refused = refused,
        };
        using var arena = new BodyArena();
        return Unpacking.Unpack(default, receipt, Encoding.UTF8.GetBytes(body), _ => shop, arena).Items;
    }
}
