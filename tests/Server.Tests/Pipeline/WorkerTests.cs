using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Tocsin.Protocol;
using Tocsin.Server.Gateway;
using Tocsin.Server.Payloads;
using Tocsin.Server.Pipeline;

namespace Server.Tests.Pipeline;

public sealed class WorkerTests
{
    [Fact]
    public async Task An_event_goes_from_the_journal_to_every_store()
    {
        await using var house = await PipelineHouse.StartedAsync();
        var envelope = SomeEnvelope.Error(user: "7");
        await house.SendAsync(envelope);
        await house.DrainAsync();

        await house.AuditAsync([envelope.EventId!.Value]);
        (await house.MetadataAsync<string>("SELECT name FROM environments")).ShouldBe(["prod"]);
        (await house.MetadataAsync<string>("SELECT version FROM project_releases")).ShouldBe(["shop@1.0.0"]);
        (await house.MetadataAsync<long?>("SELECT first_event FROM projects")).ShouldAllBe(first => first != null);
        house.Shop.HasFirstEvent.ShouldBeTrue();
    }

    [Fact]
    public async Task An_event_is_visible_well_within_a_second_when_nothing_else_happens()
    {
        await using var house = await PipelineHouse.StartedAsync(new());
        await house.SendAsync(SomeEnvelope.Error());
        await house.DrainAsync();
        var fastest = TimeSpan.MaxValue;
        // Other programs share the processor: the best of several is what the worker itself waits.
        for (var attempt = 0; attempt < 20 && fastest > TimeSpan.FromSeconds(1); attempt++)
        {
            await Task.Delay(300);
            var sent = Stopwatch.GetTimestamp();
            await house.SendAsync(SomeEnvelope.Error());
            await house.DrainAsync();
            var took = Stopwatch.GetElapsedTime(sent);
            fastest = took < fastest ? took : fastest;
        }
        fastest.ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_second_event_of_an_id_is_a_duplicate_in_the_same_batch_and_in_a_later_one()
    {
        await using var house = await PipelineHouse.BuildAsync();
        var twice = SomeEnvelope.Error();
        await house.StartAsync();
        await house.SendAsync(twice, twice, SomeEnvelope.Error(id: twice.EventId, fingerprint: "other"));
        await house.DrainAsync();
        await house.SendAsync(twice);
        await house.DrainAsync();

        await house.AuditAsync([twice.EventId!.Value]);
        (await house.OutcomesAsync())["Invalid duplicate"].ShouldBe(3);
    }

    [Fact]
    public async Task An_item_that_no_room_handles_is_kept_with_its_bytes_and_shown()
    {
        await using var house = await PipelineHouse.StartedAsync();
        var file = Encoding.UTF8.GetBytes("line one\nline two");
        var header = new JsonObject { ["filename"] = "log.txt", ["x-extra"] = 1 };
        var envelope = SomeEnvelope.Error().With("attachment", file, header).With("novelty", "{}");
        await house.SendAsync(envelope);
        await house.DrainAsync();

        await house.AuditAsync([envelope.EventId!.Value]);
        var entries = await house.MetadataAsync<QuarantineEntry>($"{Quarantine.Select} ORDER BY item");
        entries.Select(entry => (entry.ItemType, entry.Reason)).ShouldBe([("attachment", "unhandled"), ("novelty", "unhandled")]);
        var kept = house.Payloads.Read(entries[0].Location).ShouldBeOfType<PayloadReading.Found>().Record;
        Encoding.UTF8.GetString(kept.Body.Span).ShouldContain("log.txt");
        Encoding.UTF8.GetString(kept.Body.Span).ShouldEndWith("line one\nline two");
        (await house.OutcomesAsync(DataCategory.Attachment))["Quarantined unhandled"].ShouldBe(file.Length);
        (await house.OutcomesAsync(DataCategory.AttachmentItem))["Quarantined unhandled"].ShouldBe(1);
        (await house.OutcomesAsync(DataCategory.Default))["Quarantined unhandled"].ShouldBe(1);
    }

    [Fact]
    public async Task Counts_of_clients_and_of_the_gateway_become_outcomes_as_they_are()
    {
        await using var house = await PipelineHouse.StartedAsync();
        var report = """{"discarded_events":[{"reason":"queue_overflow","category":"error","quantity":23},{"quantity":-1}]}""";
        await house.SendAsync(new SomeEnvelope(null).With("client_report", report));
        var now = PipelineHouse.Microseconds(DateTimeOffset.UtcNow);
        await house.AppendAsync(
            new()
            {
                Door = Door.Outcomes,
                ProjectId = 0,
                Received = now,
            },
            RefusedCount.Write([new(house.Shop.Id, 1, now, OutcomeKind.RateLimited, "key_quota", "error", 400)])
        );
        await house.DrainAsync();

        var outcomes = await house.OutcomesAsync();
        outcomes["ClientDiscard queue_overflow"].ShouldBe(23);
        outcomes["RateLimited key_quota"].ShouldBe(400);
        outcomes.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Items_that_the_quota_took_out_are_not_processed_and_not_counted_again()
    {
        await using var house = await PipelineHouse.StartedAsync();
        var envelope = SomeEnvelope.Error().With("session", """{"sid":"1"}""");
        await house.AppendAsync(
            new()
            {
                Door = Door.Envelope,
                ProjectId = house.Shop.Id,
                Received = PipelineHouse.Microseconds(DateTimeOffset.UtcNow),
                Refused = [0],
            },
            envelope.ToBytes()
        );
        await house.DrainAsync();

        await house.AuditAsync([]);
        (await house.OutcomesAsync(DataCategory.Session))["Quarantined unhandled"].ShouldBe(1);
    }

    [Fact]
    public async Task A_record_that_cannot_be_opened_is_quarantined_whole_and_stops_nothing()
    {
        await using var house = await PipelineHouse.StartedAsync();
        await house.AppendAsync(new(Encoding.UTF8.GetBytes("not one of ours")));
        var receipt = new Receipt
        {
            Door = Door.Envelope,
            ProjectId = house.Shop.Id,
            Received = PipelineHouse.Microseconds(DateTimeOffset.UtcNow),
            Encoding = "gzip",
        };
        await house.AppendAsync(receipt, Encoding.UTF8.GetBytes("not gzip"));
        var good = SomeEnvelope.Error();
        await house.SendAsync(good);
        await house.DrainAsync();

        await house.AuditAsync([good.EventId!.Value]);
        var entries = await house.MetadataAsync<QuarantineEntry>($"{Quarantine.Select} ORDER BY position");
        entries.Select(entry => (entry.ProjectId, entry.Reason)).ShouldBe([(0L, "poison"), (house.Shop.Id, "poison")]);
        entries.ShouldAllBe(entry => entry.Error!.Length > 0);
        var body = house.Payloads.Read(entries[1].Location).ShouldBeOfType<PayloadReading.Found>().Record.Body;
        Encoding.UTF8.GetString(body.Span).ShouldBe("not gzip");
    }

    [Fact]
    public async Task A_poisoned_item_is_quarantined_after_three_tries_and_the_batch_goes_on()
    {
        await using var house = await PipelineHouse.StartedAsync();
        var good = Enumerable.Range(0, 20).Select(_ => SomeEnvelope.Error()).ToArray();
        await house.SendAsync([
            .. good[..10],
            SomeEnvelope.Error(message: house.Poison.InPrepare),
            SomeEnvelope.Error(message: house.Poison.InTakeIn),
            .. good[10..],
        ]);
        await house.DrainAsync();

        house.Poison.Prepared.ShouldBe(3);
        await house.AuditAsync([.. good.Select(envelope => envelope.EventId!.Value)]);
        (await house.OutcomesAsync())["Quarantined poison"].ShouldBe(2);
        var entries = await house.MetadataAsync<QuarantineEntry>($"{Quarantine.Select} ORDER BY position");
        entries
            .Select(entry => entry.Error!.Split('\n')[0])
            .ShouldBe(["System.FormatException: a bug in prepare", "System.FormatException: a bug in take in"]);
        var kept = house.Payloads.Read(entries[1].Location).ShouldBeOfType<PayloadReading.Found>().Record.Body;
        Encoding.UTF8.GetString(kept.Span).ShouldContain(house.Poison.InTakeIn);
    }

    [Fact]
    public async Task An_item_that_the_metadata_refuses_at_any_step_of_the_commit_is_quarantined_and_the_batch_goes_on()
    {
        await using var house = await PipelineHouse.StartedAsync();
        await house.Projects.Metadata.Db.WriteAsync(
            async transaction =>
            {
                await transaction.ExecuteAsync(
                    "INSERT INTO environments (project_id, name, first_seen) VALUES (@Id, 'taken', 1)",
                    new { house.Shop.Id }
                );
                // The name of an environment is written behind what the item's own room takes in.
                await transaction.ExecuteAsync(
                    "CREATE UNIQUE INDEX only_one ON environments ((CASE WHEN name IN ('taken', 'refused') THEN 1 END))"
                );
            },
            CancellationToken.None
        );
        var good = Enumerable.Range(0, 8).Select(_ => SomeEnvelope.Error()).ToArray();
        var id = EventId.New();
        var refused = new SomeEnvelope(id).With("event", $$"""{"event_id":"{{id}}","message":"boom","environment":"refused"}""");

        await house.SendAsync([.. good[..4], refused, .. good[4..]]);
        await house.DrainAsync();

        await house.AuditAsync([.. good.Select(envelope => envelope.EventId!.Value)]);
        (await house.OutcomesAsync())["Quarantined poison"].ShouldBe(1);
        var entry = (await house.MetadataAsync<QuarantineEntry>(Quarantine.Select)).ShouldHaveSingleItem();
        house.Payloads.Read(entry.Location).ShouldBeOfType<PayloadReading.Found>();
    }

    [Fact]
    public async Task An_event_of_a_discarded_issue_is_filtered_before_it_is_counted()
    {
        await using var house = await PipelineHouse.StartedAsync();
        await house.SendAsync(SomeEnvelope.Error());
        await house.DrainAsync();
        await house.Projects.Metadata.Db.WriteAsync(
            transaction => transaction.ExecuteAsync("UPDATE issue_hashes SET discarded = 1, issue_id = NULL"),
            CancellationToken.None
        );
        await house.SendAsync(SomeEnvelope.Error(), SomeEnvelope.Error());
        await house.DrainAsync();

        (await house.OutcomesAsync())["Filtered discarded-hash"].ShouldBe(2);
        (await house.MetadataAsync<long>("SELECT times_seen FROM issues")).ShouldBe([1]);
    }

    [Fact]
    public async Task Records_of_two_days_go_to_two_days_and_a_clock_set_back_a_little_to_the_later_one()
    {
        await using var house = await PipelineHouse.StartedAsync();
        var midnight = PipelineHouse.Microseconds(new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero));
        var envelopes = Enumerable.Range(0, 4).Select(_ => SomeEnvelope.Error()).ToArray();
        await house.SendAsync(midnight - 1, envelopes[0]);
        await house.SendAsync(midnight, envelopes[1]);
        await house.SendAsync(midnight - 3_600_000_000, envelopes[2]);
        await house.SendAsync(midnight + 1, envelopes[3]);
        await house.DrainAsync();

        await house.AuditAsync([.. envelopes.Select(envelope => envelope.EventId!.Value)]);
        (await house.MetadataAsync<long>("SELECT day FROM event_index ORDER BY position")).ShouldBe([
            20261120,
            20261121,
            20261121,
            20261121,
        ]);
        house.Telemetry.Days.Select(day => day.Day.Day).ShouldBe([20, 21]);
    }

    [Fact]
    public async Task Of_a_mixed_flood_every_item_has_one_outcome()
    {
        await using var house = await PipelineHouse.BuildAsync(
            PipelineHouse.Quick with
            {
                BatchBytes = 20_000,
                InflatedBytes = 10_000,
            }
        );
        await house.StartAsync();
        var random = new Random(7);
        var accepted = new List<EventId>();
        var (duplicates, poisoned, sessions, broken) = (0, 0, 0, 0);
        for (var i = 0; i < 400; i++)
        {
            switch (random.Next(8))
            {
                case 0 when accepted.Count > 0:
                    duplicates++;
                    await house.SendAsync(SomeEnvelope.Error(id: accepted[random.Next(accepted.Count)]));
                    break;
                case 1:
                    poisoned++;
                    await house.SendAsync(
                        SomeEnvelope.Error(message: random.Next(2) == 0 ? house.Poison.InPrepare : house.Poison.InTakeIn)
                    );
                    break;
                case 2:
                    sessions++;
                    await house.SendAsync(new SomeEnvelope(null).With("session", "{}"));
                    break;
                case 3:
                    broken++;
                    await house.SendAsync(new SomeEnvelope(EventId.New()).With("event", "{broken"));
                    break;
                default:
                    var envelope = SomeEnvelope.Error(fingerprint: $"issue-{random.Next(20)}", user: $"{random.Next(9)}");
                    accepted.Add(envelope.EventId!.Value);
                    await house.SendAsync(envelope);
                    break;
            }
        }
        await house.DrainAsync();

        await house.AuditAsync(accepted);
        (await house.OutcomesAsync()).ShouldBe(
            new Dictionary<string, long>
            {
                ["Accepted"] = accepted.Count,
                ["Invalid duplicate"] = duplicates,
                ["Quarantined poison"] = poisoned,
                ["Invalid invalid_json"] = broken,
            },
            ignoreOrder: true
        );
        (await house.OutcomesAsync(DataCategory.Session))["Quarantined unhandled"].ShouldBe(sessions);
    }
}
