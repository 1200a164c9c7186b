using Tocsin.Server.Releases;

namespace Server.Tests.Releases;

public class ReleaseOrderTests
{
    [Fact]
    public void A_stated_date_stands_even_of_a_lower_version() =>
        Order(Stated("shop@2.0", 10), Stated("shop@1.9.1", 20), Seen("shop@1.9", 30))
            .ShouldBe(["shop@1.9", "shop@2.0", "shop@1.9.1"]);

    [Fact]
    public void Versions_of_other_packages_and_names_that_are_no_versions_are_ordered_by_time_alone() =>
        Order(Seen("web@2.0", 10), Seen("api@1.0", 20), Seen("4f3c", 15), Seen("api@0.9", 30))
            .ShouldBe(["web@2.0", "4f3c", "api@0.9", "api@1.0"]);

    [Fact]
    public void A_release_is_as_old_as_the_first_date_stated_of_it_though_its_events_came_before() =>
        Order(Seen("b", 10), Stated("a", 40), Stated("a", 30), Seen("a", 5), Seen("c", 35)).ShouldBe(["b", "a", "c"]);

    static ReleaseMoment Seen(string version, long time) => new(version, time, IsStated: false);

    static ReleaseMoment Stated(string version, long time) => new(version, time, IsStated: true);

    static IEnumerable<string> Order(params ReleaseMoment[] moments) =>
        ReleaseOrder.Places(moments).OrderBy(place => place.Value).Select(place => place.Key);
}
