using System.Globalization;
using System.Text.Json;
using Server.Tests.House;

namespace Scenarios;

/// <summary>What a frame of a long trace costs. The times are written down, not judged: they are the machine's as much as ours.</summary>
public sealed class WaterfallFrameTests
{
    const int Services = 49;
    const int SpansEach = 1000;

    [Fact]
    public async Task Fifty_thousand_spans_are_drawn_a_screenful_at_a_time()
    {
        PageTests.NeedsPages();
        await using var server = await ServerProcess.StartAsync();
        var trace = await LongTraceAsync(server);
        await using var browser = await BrowserPage.OpenAsync();
        var page = browser.Page;
        await page.AddInitScriptAsync(Watch);
        var walk = new PageWalk(page, "trace-long");
        await TracePageTests.LogInAsync(server, walk, $"organizations/default/traces/{trace.Id}");

        await walk.Button("Show up to 50,000").ClickAsync();
        await walk.In("header", "49k spans").WaitForAsync();
        await walk.StationAsync("all");
        await page.Mouse.MoveAsync(1000, 600);
        await page.EvaluateAsync("watch.begin()");
        for (var turn = 0; turn < 150; turn++)
        {
            await page.Mouse.WheelAsync(0, 240);
        }
        await page.WaitForFunctionAsync("document.querySelector('[role=application]').scrollTop > 30000");
        var written = await page.EvaluateAsync<string>("JSON.stringify(watch.end())");
        var seen = JsonSerializer.Deserialize<Frames>(written, JsonSerializerOptions.Web)!;
        await walk.StationAsync("scrolled");

        // 900 pixels hold some 30 rows of up to five words; a painter that draws what is out of sight draws thousands.
        seen.MostWords.ShouldBeInRange(30, 250);
        var figures = string.Create(
            CultureInfo.InvariantCulture,
            $"frames {seen.Count}: median {seen.Median:F1} ms, p99 {seen.P99:F1} ms, longest {seen.Longest:F1} ms; painting: median {seen.PaintMedian:F1} ms, p95 {seen.PaintP95:F1} ms"
        );
        await File.WriteAllTextAsync(Path.Combine(Checkout.Root, "artifacts", "waterfall-frames.txt"), figures);
        TestContext.Current.TestOutputHelper?.WriteLine(figures);
    }

    sealed record Frames(
        int Count,
        double Median,
        double P99,
        double Longest,
        double PaintMedian,
        double PaintP95,
        int MostWords
    );

    static async Task<SentTrace> LongTraceAsync(ServerProcess server)
    {
        var trace = new SentTrace(server, DateTimeOffset.UtcNow.AddMinutes(-30));
        var root = new SentSpan("http.server", "", 0, 60_000);
        await trace.SendTransactionAsync("POST /import", "http.server", root, []);
        for (var service = 0; service < Services; service++)
        {
            var start = 10 + (service * 1200);
            var segment = new SentSpan("queue.process", "", start, start + 1100, root.Id);
            var steps = Enumerable
                .Range(0, SpansEach - 1)
                .Select(n => new SentSpan("function", $"import {Word(n)}", start + n, start + n + 1));
            await trace.SendTransactionAsync($"import part {service}", "queue.process", segment, steps);
        }
        await trace.UntilReadAsync(1 + (Services * SpansEach));
        return trace;
    }

    /// <summary>Letters only: numbers are taken for values, and spans that differ in values alone are folded into one row.</summary>
    static string Word(int n) => new([.. $"{n:000}".Select(digit => (char)('a' + digit - '0'))]);

    /// <summary>Counts the words drawn in each frame, and notes when frames came and how long their work took.</summary>
    const string Watch = """
        window.watch = (() => {
          const ask = window.requestAnimationFrame.bind(window);
          const draw = CanvasRenderingContext2D.prototype.fillText;
          let frames = [], work = [], words = 0, mostWords = 0, last = 0, going = false;
          CanvasRenderingContext2D.prototype.fillText = function (...what) { words++; return draw.apply(this, what); };
          window.requestAnimationFrame = (act) => ask((time) => {
            const began = performance.now();
            words = 0;
            act(time);
            if (words > 0) {
              work.push(performance.now() - began);
              mostWords = Math.max(mostWords, words);
            }
          });
          const tick = (time) => {
            if (last) frames.push(time - last);
            last = time;
            if (going) ask(tick);
          };
          const share = (list, part) => list.sort((a, b) => a - b)[Math.floor((list.length - 1) * part)] ?? 0;
          return {
            begin() { frames = []; work = []; mostWords = 0; last = 0; going = true; ask(tick); },
            end() {
              going = false;
              return {
                count: frames.length, median: share(frames, 0.5), p99: share(frames, 0.99), longest: share(frames, 1),
                paintMedian: share(work, 0.5), paintP95: share(work, 0.95), mostWords,
              };
            },
          };
        })();
        """;
}
