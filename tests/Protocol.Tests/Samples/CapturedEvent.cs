using System.Text.Json.Nodes;
using Tocsin.Protocol;
using Tocsin.Protocol.Envelopes;

namespace Protocol.Tests.Samples;

/// <summary>One event payload of the corpus: errors, messages and feedback, from envelopes and store bodies.</summary>
public sealed record CapturedEvent(string Name, byte[] Json, JsonObject Summary)
{
    public static IEnumerable<CapturedEvent> All()
    {
        foreach (var capture in Capture.OfKind("envelope"))
        {
            Envelope.TryRead(capture.Body(), new EnvelopeLimits(), out var envelope, out _);
            foreach (var (item, manifest) in envelope!.Items.Zip(capture.Items))
            {
                if (item.Header.Type is ItemType.Event or ItemType.Feedback)
                {
                    yield return new(capture.ToString(), item.Payload.ToArray(), manifest["summary"]!.AsObject());
                }
            }
        }
        foreach (var capture in Capture.OfKind("store"))
        {
            StoreBody.TryDecode(capture.Body(), 1 << 20, out var json, out _);
            yield return new(capture.ToString(), json!.Value.ToArray(), capture.Manifest["summary"]!.AsObject());
        }
    }

    public override string ToString() => Name;
}
