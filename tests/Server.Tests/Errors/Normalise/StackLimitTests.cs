using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.Normalise;

namespace Server.Tests.Errors.Normalise;

public class StackLimitTests
{
    [Fact]
    public void Of_too_many_frames_the_newest_stay()
    {
        var stack = Normalised(Frames(300));
        stack.StackTrace!.Frames.Count.ShouldBe(250);
        stack.StackTrace.Frames[^1].Function.ShouldBe("f299");
        stack.Notes.ShouldContain(new FieldNote("stacktrace.frames", "", Length: 300, Rule: "!limit", Remark: "s"));
    }

    [Fact]
    public void Fifty_frames_keep_source_and_variables_the_users_own_first()
    {
        var frames = Normalised(Frames(120, own: i => i is 60 or 61)).StackTrace!.Frames;
        frames.Count(frame => frame.Vars is not null).ShouldBe(50);
        frames[60].Vars.ShouldNotBeNull();
        frames[61].PreContext.ShouldNotBeEmpty();
        frames[0].Vars.ShouldNotBeNull();
        frames[119].Vars.ShouldNotBeNull();
        frames[50].Vars.ShouldBeNull();
        frames[50].PostContext.ShouldBeEmpty();
        frames[50].ContextLine.ShouldNotBeNull();
    }

    [Fact]
    public void A_stack_without_frames_is_none() =>
        SomeErrors
            .Normalised("""{"exception":[{"type":"E","stacktrace":{"frames":[]}}]}""")
            .Exceptions[0]
            .StackTrace.ShouldBeNull();

    [Fact]
    public void A_line_below_zero_is_none()
    {
        var frames = SomeErrors
            .Normalised("""{"stacktrace":[{"function":"f","lineno":-1,"colno":-2},{"function":"g","lineno":0,"colno":7}]}""")
            .StackTrace!.Frames;
        (frames[0].Line, frames[0].Column).ShouldBe((null, null));
        (frames[1].Line, frames[1].Column).ShouldBe((0, 7));
    }

    [Fact]
    public void A_stack_beside_one_exception_is_the_exceptions()
    {
        var e = SomeErrors.Normalised("""{"exception":[{"type":"E"}],"stacktrace":{"frames":[{"function":"f"}]}}""");
        e.StackTrace.ShouldBeNull();
        e.Exceptions[0].StackTrace!.Frames[0].Function.ShouldBe("f");
    }

    [Theory]
    [InlineData("""{"abs_path":"https://shop.example/js/app.js"}""", "/js/app.js", "https://shop.example/js/app.js")]
    [InlineData("""{"abs_path":"/srv/app.py"}""", "/srv/app.py", "/srv/app.py")]
    [InlineData("""{"filename":"app.py"}""", "app.py", "app.py")]
    [InlineData("""{"abs_path":"https://x/static/app.js?v=1#a"}""", "/static/app.js", "https://x/static/app.js?v=1#a")]
    public void File_and_path_fill_each_other(string frame, string filename, string path)
    {
        var read = SomeErrors.Normalised($$$$$"""{"stacktrace":{"frames":[{{{{{frame}}}}}]}}""").StackTrace!.Frames[0];
        (read.Filename, read.AbsPath).ShouldBe((filename, path));
    }

    [Theory]
    [InlineData("Linux", 10, "SIGUSR1")]
    [InlineData("macOS", 10, "SIGBUS")]
    [InlineData("iOS", 11, "SIGSEGV")]
    public void A_signal_has_its_systems_name(string system, int number, string name)
    {
        var e = SomeErrors.Normalised(
            $$$$$"""{"contexts":{"os":{"name":"{{{{{system}}}}}"}},"exception":[{"type":"E","mechanism":{"type":"signal","meta":{"signal":{"number":{{{{{number}}}}}}}}}]}"""
        );
        e.Exceptions[0].Mechanism!.Meta!["signal"]!["name"]!.GetValue<string>().ShouldBe(name);
    }

    [Fact]
    public void Of_the_frames_of_a_thousand_threads_ten_thousand_stay_those_of_the_crash_first()
    {
        var e = new ErrorEvent
        {
            Exceptions =
            [
                new()
                {
                    Type = "E",
                    StackTrace = new() { Frames = Frames(200) },
                },
            ],
            Threads =
            [
                .. Enumerable
                    .Range(0, 1_000)
                    .Select(i => new ThreadValue
                    {
                        Id = $"{i}",
                        Crashed = i == 999,
                        StackTrace = new() { Frames = Frames(100) },
                    }),
            ],
        };

        var bounded = Normaliser.Normalise(e, SomeErrors.Around);

        bounded.Exceptions[0].StackTrace!.Frames.Count.ShouldBe(200);
        bounded.Threads[999].StackTrace!.Frames.Count.ShouldBe(100);
        bounded.Threads.Count.ShouldBe(1_000);
        bounded.Threads[998].StackTrace.ShouldBeNull();
        bounded.Threads.Sum(thread => thread.StackTrace?.Frames.Count ?? 0).ShouldBe(10_000 - 200);
    }

    static ErrorEvent Normalised(Frame[] frames) =>
        Normaliser.Normalise(new() { StackTrace = new() { Frames = frames } }, SomeErrors.Around);

    static Frame[] Frames(int count, Func<int, bool>? own = null) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new Frame
                {
                    Function = $"f{i}",
                    InApp = own?.Invoke(i),
                    ContextLine = "line",
                    PreContext = ["before"],
                    PostContext = ["after"],
                    Vars = RawBag.Of(new() { ["x"] = i }),
                }),
        ];
}
