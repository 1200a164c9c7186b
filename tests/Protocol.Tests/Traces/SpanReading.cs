using System.Text;
using Tocsin.Protocol;
using Tocsin.Protocol.Traces;

namespace Protocol.Tests.Traces;

/// <summary>Reads transactions and spans that the tests spell as JSON.</summary>
static class SpanReading
{
    public const string Trace = "4c79f60c11214eb38604f4ae0781bfb2";
    public const string Root = "b01b9f6349558cd1";

    public static TransactionRecord Transaction(string json) => Transaction(Encoding.UTF8.GetBytes(json));

    public static TransactionRecord Transaction(byte[] json)
    {
        TransactionReader.TryRead(json, out var read, out var refusal).ShouldBeTrue(refusal?.Cause ?? refusal?.Message);
        return read;
    }

    public static Refusal RefusedTransaction(string json)
    {
        TransactionReader.TryRead(Encoding.UTF8.GetBytes(json), out _, out var refusal).ShouldBeFalse();
        return refusal;
    }

    public static SpanBatch Batch(string json) => Batch(Encoding.UTF8.GetBytes(json));

    public static SpanBatch Batch(byte[] json)
    {
        SpanItemReader.TryRead(json, out var read, out var refusal).ShouldBeTrue(refusal?.Message);
        return read;
    }

    /// <summary>A good transaction with these properties put in.</summary>
    public static string With(string properties, string trace = "")
    {
        const string known = $"\"trace_id\":\"{Trace}\",\"span_id\":\"{Root}\"";
        var context = trace.Length > 0 ? $"{known},{trace}" : known;
        var transaction = $$$"""
            {"type":"transaction","transaction":"GET /cart","start_timestamp":100.5,"timestamp":101.25,"contexts":{"trace":{{{{context}}}}}
            """;
        return properties.Length > 0 ? $"{transaction},{properties}}}" : transaction + "}";
    }

    public static string Value(this Span span, string key) => span.Attributes.Single(held => held.Key == key).Value.ToString();
}
