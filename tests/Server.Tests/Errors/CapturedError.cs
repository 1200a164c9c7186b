using Protocol.Tests.Samples;
using Tocsin.Protocol;
using Tocsin.Protocol.Envelopes;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;

namespace Server.Tests.Errors;

/// <summary>An error of a real client as the worker hands it to the pipeline: item and payload, on the day of the capture.</summary>
public sealed record CapturedError(string Name, string Client, string ItemType, ReadOnlyMemory<byte> Payload)
{
    static readonly Lazy<IReadOnlyList<CapturedError>> Captured = new(() => [.. Envelopes(), .. Stores(), .. Reports()]);

    public static IReadOnlyList<CapturedError> All => Captured.Value;

    internal EnvelopeHeader? Header { get; init; }

    internal ItemContext Context(ProjectOptions? options = null) =>
        SomeErrors.Context(ItemType, options) with
        {
            Envelope = Header,
        };

    public override string ToString() => Name;

    static IEnumerable<CapturedError> Envelopes()
    {
        foreach (var capture in Capture.OfKind("envelope"))
        {
            if (capture.Items.All(item => item["type"]!.GetValue<string>() != "event"))
            {
                continue;
            }
            Envelope.TryRead(capture.Body(), new EnvelopeLimits(), out var envelope, out _).ShouldBeTrue();
            foreach (var item in envelope!.Items.Where(item => item.Header.Type == "event"))
            {
                yield return new(capture.ToString(), capture.Case, item.Header.Type, item.Payload) { Header = envelope.Header };
            }
        }
    }

    static IEnumerable<CapturedError> Stores()
    {
        foreach (var capture in Capture.OfKind("store"))
        {
            StoreBody.TryDecode(capture.Body(), 1 << 20, out var json, out _).ShouldBeTrue();
            yield return new(capture.ToString(), capture.Case, "event", json!.Value);
        }
    }

    static IEnumerable<CapturedError> Reports() =>
        Capture
            .OfKind("security")
            .Select(capture => new CapturedError(capture.ToString(), capture.Case, "raw_security", capture.Body()));
}
