using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.Normalise;

namespace Server.Tests.Errors.Normalise;

public class TagTests
{
    [Fact]
    public void Keys_and_values_out_of_their_limits_are_noted_and_not_bent()
    {
        var e = SomeErrors.Normalised(
            $$$$$"""{"tags":{"ok":"1","two words":"2","bad/key":"3","long":"{{{{{new string('v', 201)}}}}}","lines":"a\nb","empty":""}}"""
        );
        e.Tags.ShouldBe([new("ok", "1"), new("two-words", "2"), new("long", null), new("lines", null)]);
        e.Notes.Select(note => (note.Path, note.Kind))
            .ShouldBe([("tags", "invalid_data"), ("tags.long", "value_too_long"), ("tags.lines", "invalid_data")]);
    }

    [Fact]
    public void The_servers_own_names_are_taken_out() =>
        SomeErrors
            .Normalised(
                """{"tags":{"release":"x","dist":"x","user":"x","filename":"x","function":"x","device.class":"x","mine":"x"}}"""
            )
            .Tags.ShouldBe([new("mine", "x")]);

    [Fact]
    public void The_first_of_equal_keys_wins() =>
        SomeErrors.Normalised("""{"tags":[["a b","1"],["a-b","2"]]}""").Tags.ShouldBe([new("a-b", "1")]);

    [Fact]
    public void A_hundred_tags_are_kept_and_the_rest_counted()
    {
        var tags = string.Join(',', Enumerable.Range(0, 130).Select(i => $"\"t{i}\":\"x\""));
        var e = SomeErrors.Normalised("{\"tags\":{" + tags + "}}");
        e.Tags.Count.ShouldBe(100);
        e.Notes.Single().ShouldBe(new FieldNote("tags", "value_too_long", Length: 130, Reason: "only 100 tags are kept"));
    }

    [Fact]
    public void Server_and_site_become_tags()
    {
        var e = SomeErrors.Normalised("""{"server_name":"web-1","site":"main","tags":{"server_name":"other"}}""");
        e.Tags.ShouldBe([new("server_name", "web-1"), new("site", "main")]);
        e.ServerName.ShouldBeNull();
    }

    [Fact]
    public void Tags_that_follow_from_the_event_are_added_and_never_replace_one()
    {
        var e = DerivedTags.Apply(
            SomeErrors.Normalised(
                """
                {"level":"warning","logger":"shop","environment":"prod","release":"shop@1","dist":"7","transaction":"/cart",
                "tags":{"logger":"mine"},"user":{"id":7,"email":"jane@shop.example"},"request":{"url":"https://shop.example/cart?x=1"},
                "sdk":{"name":"sentry.python","version":"2.1"},"contexts":{"runtime":{"name":"CPython","version":"3.12"},
                "os":{"name":"Linux","version":"6.1","build":"b","rooted":false},"device":{"family":"Pixel","model":"Pixel 9"},
                "browser":{"name":"Chrome","version":"131"},"replay":{"replay_id":"abc"}},
                "exception":[{"type":"E","mechanism":{"type":"wsgi","handled":false}}]}
                """
            )
        );
        e.Tags.ToDictionary(tag => tag.Key, tag => tag.Value)
            .ShouldBe(
                new Dictionary<string, string?>
                {
                    ["logger"] = "mine",
                    ["level"] = "warning",
                    ["environment"] = "prod",
                    ["release"] = "shop@1",
                    ["dist"] = "7",
                    ["user"] = "id:7",
                    ["transaction"] = "/cart",
                    ["url"] = "https://shop.example/cart",
                    ["sdk.name"] = "sentry.python",
                    ["sdk.version"] = "2.1",
                    ["handled"] = "no",
                    ["mechanism"] = "wsgi",
                    ["browser"] = "Chrome 131",
                    ["browser.name"] = "Chrome",
                    ["os"] = "Linux 6.1",
                    ["os.name"] = "Linux",
                    ["runtime"] = "CPython 3.12",
                    ["runtime.name"] = "CPython",
                    ["os.build"] = "b",
                    ["os.rooted"] = "no",
                    ["device"] = "Pixel 9",
                    ["device.family"] = "Pixel",
                    ["replayId"] = "abc",
                },
                ignoreOrder: true
            );
    }
}
