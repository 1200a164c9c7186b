using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Rows;

namespace Telemetry.Tests.Conformance;

public abstract class ApplyingTests : StoreTests
{
    [Fact]
    public async Task A_new_store_has_applied_nothing()
    {
        Store.Applied.ShouldBe(0);
        Store.Days.ShouldBeEmpty();
        (await CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Applied_rows_are_found_at_once()
    {
        await ApplyAsync(Some.Batch(10, Some.Events(3)));

        Store.Applied.ShouldBe(10);
        (await CountAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task A_batch_applied_twice_counts_once()
    {
        await ApplyAsync(Some.Batch(10, Some.Events(3)));
        await ApplyAsync(Some.Batch(10, Some.Events(3)));
        await ApplyAsync(Some.Batch(9, Some.Events(3)));

        (await CountAsync()).ShouldBe(3);
        Store.Applied.ShouldBe(10);
    }

    [Fact]
    public async Task Rows_and_position_survive_a_restart()
    {
        await ApplyAsync(Some.Batch(10, Some.Events(3)));
        await ApplyAsync(new TelemetryBatch(20, Some.Day.AddDays(1)) { Events = Some.Events(2) });
        await ReopenAsync();

        Store.Applied.ShouldBe(20);
        (await CountAsync()).ShouldBe(5);
        Store.Days.Select(day => day.Day).ShouldBe([Some.Day, Some.Day.AddDays(1)]);
        Store.Days.ShouldAllBe(day => day.Bytes > 0 && day.Damage == null);
    }

    [Fact]
    public async Task A_batch_without_rows_still_moves_the_position()
    {
        await ApplyAsync(Some.Batch(10));
        await ReopenAsync();

        Store.Applied.ShouldBe(10);
    }

    [Fact]
    public async Task Every_column_comes_back_as_it_was_given()
    {
        var row = new EventRow
        {
            ProjectId = long.MaxValue,
            EventId = UInt128.MaxValue,
            IssueId = -1,
            Timestamp = Some.Noon,
            Received = Some.Noon + 1,
            Type = "error",
            Level = "fatal",
            Platform = "python",
            Environment = "production",
            Release = "shop@1.2.3",
            Dist = "7",
            Transaction = "/checkout/{id}",
            Title = new string('t', 5000),
            Culprit = "twelve bytes",
            Message = "Grüße, 世界 🦆 and a NUL \0 within",
            ErrorType = "",
            ErrorValue = "thirteen byte",
            Handled = false,
            Logger = "root",
            ServerName = "web-1",
            Url = "https://example.org/a?b=c",
            User = "id:7",
            UserId = "7",
            UserEmail = "a@example.org",
            UserName = "a",
            UserIp = "2001:db8::1",
            SdkName = "sentry.python",
            SdkVersion = "2.0.0",
            TraceId = UInt128.One << 127,
            SpanId = long.MinValue,
            Tags = """{"browser":"Chrome 130"}""",
            Segment = int.MaxValue,
            Offset = long.MaxValue,
            Length = 17,
            StackFiles = "\napp/cart.py\napp/pay.py\n",
            StackPaths = "\n/srv/app/cart.py\n/srv/app/pay.py\n",
            StackFunctions = "\nadd\ncharge\n",
            StackModules = "\napp.cart\napp.pay\n",
        };
        await ApplyAsync(Some.Batch(1, row));

        var fields = FieldTable.Events.Fields.Select(field => field.Name).ToList();
        var found = (await AskAsync(Some.Query(fields))).Rows.Single();

        fields
            .Zip(found)
            .ShouldBe([
                ("id", row.EventId),
                ("project.id", row.ProjectId),
                ("issue.id", row.IssueId),
                ("timestamp", row.Timestamp),
                ("received", row.Received),
                ("type", row.Type),
                ("level", row.Level),
                ("platform", row.Platform),
                ("environment", row.Environment),
                ("release", row.Release),
                ("dist", row.Dist),
                ("transaction", row.Transaction),
                ("title", row.Title),
                ("culprit", row.Culprit),
                ("message", row.Message),
                ("error.type", row.ErrorType),
                ("error.value", row.ErrorValue),
                ("error.handled", false),
                ("logger", row.Logger),
                ("server_name", row.ServerName),
                ("url", row.Url),
                ("user", row.User),
                ("user.id", row.UserId),
                ("user.email", row.UserEmail),
                ("user.username", row.UserName),
                ("user.ip", row.UserIp),
                ("user.display", row.UserEmail),
                ("sdk.name", row.SdkName),
                ("sdk.version", row.SdkVersion),
                ("trace", row.TraceId),
                ("span", row.SpanId),
                ("tags", row.Tags),
                ("payload.segment", (long)row.Segment),
                ("payload.offset", row.Offset),
                ("payload.length", (long)row.Length),
                ("stack.filename", row.StackFiles),
                ("stack.abs_path", row.StackPaths),
                ("stack.function", row.StackFunctions),
                ("stack.module", row.StackModules),
                ("handled", "no"),
            ]);
    }

    [Fact]
    public async Task Absent_values_come_back_as_null()
    {
        await ApplyAsync(Some.Batch(1, Some.Event()));

        var found = (await AskAsync(Some.Query("environment", "error.handled", "trace", "span", "handled"))).Rows.Single();

        found.ShouldAllBe(value => value == null);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_does_not_cost_the_batch()
    {
        await ApplyAsync(Some.Batch(1, Some.Event() with { Message = "cut \ud83e here, and long enough not to be inlined" }));

        var found = (await AskAsync(Some.Query("message"))).Rows.Single()[0];

        found.ShouldBe("cut \ufffd here, and long enough not to be inlined");
    }

    [Fact]
    public async Task A_batch_may_be_larger_than_the_engine_takes_at_once()
    {
        await ApplyAsync(Some.Batch(1, Some.Events(10_001)));

        (await CountAsync()).ShouldBe(10_001);
        var ids = new Expression.Aggregate(AggregateKind.CountDistinct, new Expression.Field("id"));
        (await AskAsync(Some.Count() with { Select = [new("ids", ids)] })).Rows.Single()[0].ShouldBe(10_001L);
    }

    [Fact]
    public async Task Outcomes_keep_their_quantity()
    {
        await ApplyAsync(
            new TelemetryBatch(1, Some.Day)
            {
                Outcomes = [Some.Outcome(5), Some.Outcome(2) with { Outcome = 1, Reason = "browser" }],
            }
        );

        var result = await AskAsync(
            new TelemetryQuery
            {
                Dataset = Dataset.Outcomes,
                Range = TimeRange.All,
                Select =
                [
                    new("outcome", new Expression.Field("outcome")),
                    new("reason", new Expression.Field("reason")),
                    new("key", new Expression.Field("key.id")),
                    new("sum", new Expression.Aggregate(AggregateKind.Sum, new Expression.Field("quantity"))),
                ],
                GroupBy = [new Expression.Field("outcome"), new Expression.Field("reason"), new Expression.Field("key.id")],
                OrderBy = [new(new Expression.Field("outcome"), false)],
            }
        );

        result.Rows[0].ShouldBe([0L, "", null, 5L]);
        result.Rows[1].ShouldBe([1L, "browser", null, 2L]);
    }

    [Fact]
    public async Task A_batch_does_not_wait_for_a_query_that_takes_long()
    {
        await ApplyAsync(Some.Batch(1, Some.Events(1)));
        var position = 1L;
        var select = new Watched<Selected>(
            [new("n", Expression.Count)],
            () =>
            {
                var applying = Task.Run(() => ApplyAsync(Some.Batch(++position, Some.Events(1))), Cancellation);
                applying.Wait(TimeSpan.FromSeconds(60), Cancellation).ShouldBeTrue("the batch waits for the query to end");
            }
        );

        await AskAsync(Some.Count() with { Select = select });

        position.ShouldBeGreaterThan(2);
        (await CountAsync()).ShouldBe(position);
    }

    [Fact]
    public async Task Queries_and_batches_run_at_the_same_time()
    {
        var applying = Task.Run(
            async () =>
            {
                for (var position = 1; position <= 40; position++)
                {
                    await ApplyAsync(Some.Batch(position, Some.Events(50)));
                }
            },
            Cancellation
        );
        var last = 0L;
        while (!applying.IsCompleted)
        {
            var count = await CountAsync();
            (count % 50).ShouldBe(0, "a batch is seen whole or not at all");
            count.ShouldBeGreaterThanOrEqualTo(last);
            last = count;
        }
        await applying;
        (await CountAsync()).ShouldBe(2000);
    }
}
