using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Tocsin.Protocol.Envelopes;
using Tocsin.Server.Gateway;
using Tocsin.Server.Gateway.Bodies;
using Tocsin.Server.Payloads;

namespace Tocsin.Server.Pipeline;

/// <summary>
/// An item's bytes for the quarantine, such that they can be downloaded and played again: the receipt, and the body as it was received;
/// of an envelope, an envelope that holds this item alone.
/// </summary>
static class QuarantineFrame
{
    public static byte[] OfItem(ItemContext context, ReadOnlyMemory<byte> payload) =>
        context is { Envelope: { } envelope, Header: { } header }
            ? Write(
                context.Position,
                context.Index,
                context.Receipt with
                {
                    Encoding = "",
                    Refused = [],
                },
                EnvelopeOf(envelope, header, payload)
            )
            : Write(context.Position, context.Index, context.Receipt with { Encoding = "" }, payload);

    /// <summary>The whole record, which could not be opened.</summary>
    public static byte[] OfRecord(long position, Receipt? receipt, ReadOnlyMemory<byte> received) =>
        Write(position, 0, receipt, received);

    /// <summary>Opens the record again, for an item whose payload is not in memory any more.</summary>
    public static byte[] Again(BatchItem item)
    {
        var (receipt, received) = ReceiptFormat.Read(item.Record.Bytes);
        using var arena = new BodyArena();
        var record = Unpacking.Unpack(item.Record, receipt, received, _ => item.Project, arena);
        return OfItem(item.Context!, record.Items.First(candidate => candidate.Item.Index == item.Index).Payload);
    }

    static byte[] Write(long position, int index, Receipt? receipt, ReadOnlyMemory<byte> body) =>
        PayloadFrame.Write(
            new()
            {
                Kind = PayloadKind.Quarantined,
                Position = position,
                Index = index,
                ProjectId = receipt?.ProjectId ?? 0,
                EventId = receipt?.EventId ?? default,
                Columns = receipt is null ? default : ReceiptFormat.Write(receipt, default).ToArray(),
                Body = body,
            }
        );

    static byte[] EnvelopeOf(EnvelopeHeader envelope, ItemHeader header, ReadOnlyMemory<byte> payload)
    {
        var line = Encoding.UTF8.GetBytes(HeaderOf(header, payload.Length).ToJsonString());
        var bytes = new ArrayBufferWriter<byte>(envelope.Json.Length + line.Length + payload.Length + 2);
        bytes.Write(envelope.Json.Span);
        bytes.Write("\n"u8);
        bytes.Write(line);
        bytes.Write("\n"u8);
        bytes.Write(payload.Span);
        return bytes.WrittenSpan.ToArray();
    }

    static JsonObject HeaderOf(ItemHeader header, int length)
    {
        var json = header.Others?.DeepClone().AsObject() ?? [];
        json["type"] = header.Type;
        json["length"] = length;
        Set("content_type", header.ContentType);
        Set("filename", header.Filename);
        Set("attachment_type", header.AttachmentType);
        Set("item_count", header.ItemCount);
        Set("platform", header.Platform);
        Set("meta_length", header.MetaLength);
        Set("span_id", header.SpanId);
        return json;

        void Set(string name, JsonNode? value)
        {
            if (value is not null)
            {
                json[name] = value;
            }
        }
    }
}
