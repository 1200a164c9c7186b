using Tocsin.Protocol;
using Tocsin.Protocol.Envelopes;

namespace Protocol.Tests;

public class ItemCategoryTests
{
    [Theory]
    [InlineData(ItemType.Event, DataCategory.Error)]
    [InlineData(ItemType.UnrealReport, DataCategory.Error)]
    [InlineData(ItemType.Transaction, DataCategory.Transaction)]
    [InlineData(ItemType.RawSecurity, DataCategory.Security)]
    [InlineData(ItemType.Sessions, DataCategory.Session)]
    [InlineData(ItemType.UserReport, DataCategory.Feedback)]
    [InlineData(ItemType.Profile, DataCategory.Profile)]
    [InlineData(ItemType.ReplayRecording, DataCategory.Replay)]
    [InlineData(ItemType.CheckIn, DataCategory.Monitor)]
    public void Most_items_count_as_one_of_their_category(string type, string category) =>
        Quantities(new() { Type = type }, 5000).ShouldBe([new(category, 1)]);

    [Theory]
    [InlineData(ItemType.ClientReport)]
    [InlineData(ItemType.Nel)]
    [InlineData(ItemType.Statsd)]
    [InlineData(ItemType.FormData)]
    [InlineData("a_type_of_tomorrow")]
    public void Some_items_cost_nothing(string type) => Quantities(new() { Type = type }, 5000).ShouldBeEmpty();

    [Fact]
    public void An_attachment_counts_its_bytes_and_itself()
    {
        var header = new ItemHeader { Type = ItemType.Attachment };
        Quantities(header, 5000).ShouldBe([new(DataCategory.Attachment, 5000), new(DataCategory.AttachmentItem, 1)]);
        Quantities(header, 0).ShouldBe([new(DataCategory.Attachment, 1), new(DataCategory.AttachmentItem, 1)]);
    }

    [Fact]
    public void A_crash_dump_counts_as_the_error_it_becomes() =>
        Quantities(new() { Type = ItemType.Attachment, AttachmentType = AttachmentType.Minidump }, 5000)
            .ShouldBe([new(DataCategory.Error, 1)]);

    [Fact]
    public void Containers_count_what_they_hold()
    {
        Quantities(new() { Type = ItemType.Log, ItemCount = 60 }, 5000)
            .ShouldBe([new(DataCategory.LogItem, 60), new(DataCategory.LogByte, 5000)]);
        Quantities(new() { Type = ItemType.Span, ItemCount = 14 }, 5000).ShouldBe([new(DataCategory.Span, 14)]);
        Quantities(new() { Type = ItemType.TraceMetric, ItemCount = 3 }, 5000).ShouldBe([new(DataCategory.TraceMetric, 3)]);
    }

    [Theory]
    [InlineData(ItemType.Log)]
    [InlineData(ItemType.Span)]
    [InlineData(ItemType.TraceMetric)]
    public void A_container_counts_no_more_than_its_bytes_have_room_for(string type)
    {
        Quantities(new() { Type = type, ItemCount = long.MaxValue }, 5000)[0].Quantity.ShouldBe(5000);
        Quantities(new() { Type = type, ItemCount = -7 }, 0)[0].Quantity.ShouldBe(1);
    }

    [Fact]
    public void A_profile_chunk_counts_by_its_platform()
    {
        ItemCategory.Of(new() { Type = ItemType.ProfileChunk, Platform = "javascript" }).ShouldBe(DataCategory.ProfileChunkUi);
        ItemCategory.Of(new() { Type = ItemType.ProfileChunk, Platform = "python" }).ShouldBe(DataCategory.ProfileChunk);
        ItemCategory.Of(new() { Type = ItemType.ProfileChunkUi }).ShouldBe(DataCategory.ProfileChunkUi);
    }

    [Fact]
    public void Every_category_an_item_can_have_is_a_known_one()
    {
        string[] types =
        [
            ItemType.Event,
            ItemType.Attachment,
            ItemType.Log,
            ItemType.Span,
            ItemType.ProfileChunk,
            ItemType.CheckIn,
        ];
        types.Select(type => ItemCategory.Of(new() { Type = type })!).ShouldBeSubsetOf(DataCategory.All);
        DataCategory.All.ShouldBeUnique();
    }

    static IReadOnlyList<CategoryQuantity> Quantities(ItemHeader header, long length) => ItemCategory.Quantities(header, length);
}
