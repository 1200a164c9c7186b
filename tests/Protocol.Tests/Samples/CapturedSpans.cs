using System.Text.Json.Nodes;
using Tocsin.Protocol;
using Tocsin.Protocol.Envelopes;

namespace Protocol.Tests.Samples;

/// <summary>One transaction or span item of the corpus.</summary>
public sealed record CapturedSpans(string Name, string Type, byte[] Json)
{
    public static IEnumerable<CapturedSpans> All()
    {
        foreach (var capture in Capture.OfKind("envelope"))
        {
            Envelope.TryRead(capture.Body(), new EnvelopeLimits(), out var envelope, out _);
            foreach (var item in envelope!.Items)
            {
                if (item.Header.Type is ItemType.Transaction or ItemType.Span)
                {
                    yield return new(capture.ToString(), item.Header.Type, item.Payload.ToArray());
                }
            }
        }
    }

    public JsonObject Node => JsonNode.Parse(Json)!.AsObject();

    public override string ToString() => $"{Name} {Type}";
}
