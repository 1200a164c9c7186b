using Protocol.Tests.Events;
using Tocsin.Protocol;
using Tocsin.Protocol.Envelopes;
using Tocsin.Protocol.Events;
using Tocsin.Protocol.Otlp;
using Tocsin.Protocol.SecurityReports;
using Tocsin.Protocol.Traces;

namespace Protocol.Tests.Samples;

/// <summary>Damaged bodies of real clients: they may be refused, but nothing throws, and what is accepted stays consistent.</summary>
public class MutationTests
{
    const int Rounds = 12;

    [Fact]
    public void A_damaged_envelope_is_framed_the_same_in_any_chunks_or_refused_the_same()
    {
        var random = new Random(20261120);
        var refused = 0;
        foreach (var body in Capture.OfKind("envelope").Select(capture => capture.Body()).Where(body => body.Length < 100_000))
        {
            for (var round = 0; round < Rounds; round++)
            {
                var damaged = Damage(body, random);
                var whole = Frame(damaged, damaged.Length);
                var pieces = Frame(damaged, random.Next(1, 200));
                pieces.Refusal.ShouldBe(whole.Refusal);
                pieces.Items.Select(Describe).ShouldBe(whole.Items.Select(Describe));
                foreach (var item in whole.Items)
                {
                    item.Offset.ShouldBeLessThanOrEqualTo(damaged.Length - item.Length);
                }
                refused += whole.Refusal is null ? 0 : 1;
            }
        }
        refused.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void A_damaged_event_is_read_scanned_and_written_or_refused()
    {
        var random = new Random(20261120);
        var (accepted, refused) = (0, 0);
        foreach (var json in CapturedEvent.All().Select(captured => captured.Json).Where(json => json.Length < 50_000))
        {
            for (var round = 0; round < Rounds; round++)
            {
                var damaged = Damage(json, random);
                var good = EventReader.TryRead(damaged, out var read, out _);
                EventReader.TryScan(damaged, out var scan, out _).ShouldBe(good);
                if (!good)
                {
                    refused++;
                    continue;
                }
                accepted++;
                scan.Id.ShouldBe(read!.Id);
                var again = Reading.Read(EventWriter.Write(read));
                EventComparison.ShouldBeSame(again with { Notes = [] }, read with { Notes = [] });
            }
        }
        accepted.ShouldBeGreaterThan(500);
        refused.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void Damaged_store_bodies_and_reports_are_decoded_or_refused()
    {
        var random = new Random(20261120);
        foreach (var body in Capture.OfKind("store").Concat(Capture.OfKind("security")).Select(capture => capture.Body()))
        {
            for (var round = 0; round < Rounds * 10; round++)
            {
                var damaged = Damage(body, random);
                var decoded = StoreBody.TryDecode(damaged, 1 << 20, out _, out var refusal);
                (refusal is null).ShouldBe(decoded);
                decoded = SecurityReportReader.TryRead(damaged, out _, out refusal);
                (refusal is null).ShouldBe(decoded);
            }
        }
    }

    [Fact]
    public void Damaged_transactions_and_spans_are_read_or_refused()
    {
        var random = new Random(20261121);
        var (accepted, refused) = (0, 0);
        foreach (var captured in CapturedSpans.All().Where(captured => captured.Json.Length < 30_000))
        {
            for (var round = 0; round < Rounds; round++)
            {
                var damaged = Damage(captured.Json, random);
                IReadOnlyList<Span>? spans = null;
                if (TransactionReader.TryRead(damaged, out var transaction, out var refusal))
                {
                    spans = [transaction.Segment, .. transaction.Children];
                }
                else
                {
                    refusal.Reason.ShouldBeOneOf("invalid_transaction", "invalid_json", "no_data");
                    refused++;
                }
                if (SpanItemReader.TryRead(damaged, out var batch, out _))
                {
                    spans = [.. spans ?? [], .. batch.Spans];
                }
                accepted += spans?.Count > 0 ? 1 : 0;
                (spans ?? []).ShouldAllBe(span => span.SpanId != 0 && span.TraceId != 0 && span.End >= span.Start);
            }
        }
        accepted.ShouldBeGreaterThan(200);
        refused.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void Damaged_exports_of_OpenTelemetry_are_read_counted_and_turned_into_errors_or_refused()
    {
        var random = new Random(20261121);
        var (accepted, refused) = (0, 0);
        foreach (var capture in CapturedOtlpTests.Exports.Select(row => row.Data))
        {
            var body = capture.Body();
            var encoding = OtlpEncodings.Of(capture.Headers["content-type"], body);
            for (var round = 0; round < Rounds * 20; round++)
            {
                var damaged = Damage(body, random);
                var read = OtlpTraceReader.TryRead(damaged, encoding, out var traces, out var refusal);
                OtlpCounter.TryCount(damaged, OtlpSignal.Traces, encoding, out var tally, out var uncounted).ShouldBe(read);
                uncounted.ShouldBe(refusal);
                if (!read)
                {
                    refused++;
                    continue;
                }
                accepted++;
                var spans = traces!.Services.SelectMany(service => service.Spans).ToList();
                spans.ShouldAllBe(span => span.SpanId != 0 && span.TraceId != 0 && span.End >= span.Start);
                // The count passes over what spans say, and so over what is broken in it.
                (spans.Count + traces.Refused.Sum(bad => bad.Count)).ShouldBe(tally!.Records);
                foreach (var service in traces.Services)
                {
                    foreach (var thrown in service.Exceptions)
                    {
                        Reading
                            .Read(EventWriter.Write(ThrownEvent.Of(service.Resource, thrown, null)))
                            .Exceptions.ShouldNotBeEmpty();
                    }
                }
            }
        }
        accepted.ShouldBeGreaterThan(200);
        refused.ShouldBeGreaterThan(200);
    }

    /// <summary>Overwrites, takes out, repeats or inserts a few pieces; structure characters are the likeliest to hurt.</summary>
    static byte[] Damage(byte[] body, Random random)
    {
        var damaged = body.ToList();
        for (var count = random.Next(1, 5); count > 0 && damaged.Count > 0; count--)
        {
            var at = random.Next(damaged.Count);
            switch (random.Next(5))
            {
                case 0:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 1:
                    damaged[at] = "{}[]\",:\\\n0-"u8[random.Next(11)];
                    break;
                case 2:
                    damaged.RemoveRange(at, Math.Min(damaged.Count - at, random.Next(1, 30)));
                    break;
                case 3:
                    damaged.InsertRange(at, damaged.GetRange(at, Math.Min(damaged.Count - at, random.Next(1, 30))));
                    break;
                default:
                    damaged.InsertRange(at, "null"u8.ToArray());
                    break;
            }
        }
        return [.. damaged];
    }

    static EnvelopeFramer Frame(byte[] body, int chunk)
    {
        var framer = new EnvelopeFramer(new EnvelopeLimits());
        for (var start = 0; start < body.Length; start += chunk)
        {
            framer.Feed(body.AsSpan(start, Math.Min(chunk, body.Length - start)));
        }
        framer.Finish();
        return framer;
    }

    static string Describe(ItemFrame item) => $"{item.Header.Type} {item.Offset} {item.Length}";
}
