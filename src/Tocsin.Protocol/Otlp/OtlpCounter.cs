using System.Diagnostics.CodeAnalysis;
using Tocsin.Protocol.Json;
using Tocsin.Protocol.Otlp.Reading;
using Tocsin.Protocol.Traces;

namespace Tocsin.Protocol.Otlp;

/// <summary>What an OTLP request exports.</summary>
public enum OtlpSignal
{
    Traces,
    Logs,
    Metrics,
}

/// <summary>How much a request holds.</summary>
/// <param name="Records">Spans, log records or metrics, good and bad.</param>
/// <param name="Refused">Spans that are none, together by what is wrong with them.</param>
public sealed record OtlpTally(long Records, IReadOnlyList<RefusedSpans> Refused)
{
    public long Bad => Refused.Sum(refused => refused.Count);

    /// <summary>What the request counts for. Empty when it holds nothing.</summary>
    /// <param name="length">Bytes of the body.</param>
    public IReadOnlyList<CategoryQuantity> Quantities(OtlpSignal signal, long length) =>
        signal switch
        {
            _ when Records == 0 => [],
            OtlpSignal.Traces => [new(DataCategory.Span, Records)],
            OtlpSignal.Logs => [new(DataCategory.LogItem, Records), new(DataCategory.LogByte, length)],
            _ => [new(DataCategory.TraceMetric, Records)],
        };
}

/// <summary>Counts what a request holds without reading what it says, for an answer that is honest and statistics that add up.</summary>
public static class OtlpCounter
{
    /// <param name="body">Without content encoding. Empty is a request with nothing in it.</param>
    public static bool TryCount(
        ReadOnlySpan<byte> body,
        OtlpSignal signal,
        OtlpEncoding encoding,
        [NotNullWhen(true)] out OtlpTally? tally,
        [NotNullWhen(false)] out Refusal? refusal
    )
    {
        if (signal == OtlpSignal.Traces)
        {
            var read = OtlpTraceReader.TryRead(body, encoding, new OtlpAssembly(counts: true), out var assembly, out refusal);
            tally = read ? new(assembly!.Count, assembly.Refused) : null;
            return read;
        }
        if (encoding == OtlpEncoding.Json)
        {
            return ObjectText.TryRead(body, ReadJson, out tally, out refusal);
        }
        // Logs and metrics have their records in the same places as traces.
        var records = 0L;
        var whole = Walk(new(body), [1, 2, 2], ref records);
        tally = whole ? new(records, []) : null;
        refusal = whole ? null : Refusal.InvalidProtobuf;
        return whole;
    }

    static bool Walk(ProtoReader message, ReadOnlySpan<int> levels, ref long records)
    {
        while (message.Next())
        {
            if (message.Field != levels[0])
            {
                continue;
            }
            if (levels.Length == 1)
            {
                records++;
            }
            else if (!Walk(message.Message(), levels[1..], ref records))
            {
                return false;
            }
        }
        return !message.IsBroken;
    }

    static OtlpTally ReadJson(ReadOnlySpan<byte> json)
    {
        var cursor = new JsonCursor(json, new FieldNotes(), stackalloc char[128]);
        var records = 0L;
        EachIn(
            ref cursor,
            static name => name is "resourceLogs" or "resource_logs" or "resourceMetrics" or "resource_metrics",
            (ref resource) =>
                EachIn(
                    ref resource,
                    static name => name is "scopeLogs" or "scope_logs" or "scopeMetrics" or "scope_metrics",
                    (ref scope) =>
                        EachIn(
                            ref scope,
                            static name => name is "logRecords" or "log_records" or "metrics",
                            (ref record) =>
                            {
                                records++;
                                record.Skip();
                            }
                        )
                )
        );
        cursor.Finish();
        return new(records, []);
    }

    delegate bool NameTest(ReadOnlySpan<char> name);

    /// <summary>The elements of one property of an object.</summary>
    static void EachIn(ref JsonCursor cursor, NameTest isList, EntryReader read)
    {
        if (!cursor.OpenObject())
        {
            return;
        }
        while (cursor.NextProperty())
        {
            if (isList(cursor.Name))
            {
                JsonOtlp.Each(ref cursor, read);
            }
            else
            {
                cursor.Skip();
            }
        }
    }
}
