using Tocsin.Protocol.Events;
using static Server.Tests.Errors.Grouping.SomeStacks;

namespace Server.Tests.Errors.Grouping;

/// <summary>Trees of exceptions: Python's ExceptionGroup, .NET's AggregateException, JavaScript's AggregateError.</summary>
public class ExceptionGroupTests
{
    [Fact]
    public void A_group_of_equal_errors_is_that_error()
    {
        var group = Tree(Group(0), Child(1, 0, "TimeoutError", "Fetch"), Child(2, 0, "TimeoutError", "Fetch")).Group();
        group.Leaves("app").ShouldBe(["Shop", "Fetch", "TimeoutError"]);
        group.MainException.ShouldBe(1, "the issue is named after the first of them");
    }

    [Fact]
    public void A_group_of_different_errors_is_one_of_each_and_the_group()
    {
        var group = Tree(Group(0), Child(1, 0, "A", "F"), Child(2, 0, "B", "G"), Child(3, 0, "A", "F")).Group();
        group.Leaves("app").Count(leaf => leaf == "A").ShouldBe(1);
        group.Leaves("app").ShouldContain("B");
        group.Leaves("app").ShouldContain("ExceptionGroup");
        group.MainException.ShouldBeNull();
    }

    [Fact]
    public void The_cause_of_the_one_error_counts_with_it()
    {
        var group = Tree(Group(0), Child(1, 0, "A", "F"), Child(2, 1, "Cause", "Deep")).Group();
        group.Leaves("app").ShouldBe(["Shop", "Deep", "Cause", "Shop", "F", "A"]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 9)]
    public void Ids_that_make_no_tree_fall_back_to_the_whole_list(int id, int parent)
    {
        var group = Tree(Group(0), Child(id, parent, "A", "F")).Group();
        group.Variant("app").Root.Name.ShouldBe("chained-exception");
        group.Variant("app").Root.Children.Count.ShouldBe(2);
    }

    [Fact]
    public void The_same_id_twice_falls_back_to_the_whole_list() =>
        Tree(Group(0), Child(1, 0, "A", "F"), Child(1, 0, "A", "F")).Group().Variant("app").Root.Children.Count.ShouldBe(3);

    static ErrorEvent Tree(params ExceptionValue[] rootFirst) =>
        new() { Platform = "python", Exceptions = [.. rootFirst.Reverse()] };

    static ExceptionValue Group(int id) =>
        Exception("ExceptionGroup", "several", Own("main", "Shop")) with
        {
            Mechanism = new() { ExceptionId = id, IsExceptionGroup = true },
        };

    static ExceptionValue Child(int id, int parent, string type, string function) =>
        Exception(type, "x", Own(function, "Shop")) with
        {
            Mechanism = new() { ExceptionId = id, ParentId = parent },
        };
}
