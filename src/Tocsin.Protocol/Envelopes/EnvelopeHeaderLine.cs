using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Envelopes;

/// <summary>The first line of an envelope.</summary>
static class EnvelopeHeaderLine
{
    /// <summary>Null when an attribute is given twice, or the event id is none.</summary>
    public static EnvelopeHeader? Read(ReadOnlySpan<byte> json)
    {
        EventId? eventId = null;
        string? dsn = null;
        DateTimeOffset? sentAt = null;
        var seen = Attributes.None;
        var cursor = new JsonCursor(json, new FieldNotes(), stackalloc char[64]);
        cursor.Open();
        while (cursor.NextProperty())
        {
            var attribute = cursor.Name switch
            {
                "event_id" => Attributes.EventId,
                "dsn" => Attributes.Dsn,
                "sent_at" => Attributes.SentAt,
                _ => Attributes.None,
            };
            if ((seen & attribute) != 0)
            {
                return null;
            }
            seen |= attribute;
            switch (attribute)
            {
                case Attributes.EventId when !cursor.IsNull:
                    if (!EventId.TryParse(cursor.Text(), out var id))
                    {
                        return null;
                    }
                    eventId = id;
                    break;
                case Attributes.Dsn:
                    dsn = cursor.Text();
                    break;
                case Attributes.SentAt:
                    sentAt = cursor.Time();
                    break;
                default:
                    cursor.Skip();
                    break;
            }
        }
        cursor.Finish();
        return new EnvelopeHeader
        {
            EventId = eventId,
            Dsn = dsn,
            SentAt = sentAt,
            Json = json.ToArray(),
        };
    }

    [Flags]
    enum Attributes
    {
        None = 0,
        EventId = 1,
        Dsn = 2,
        SentAt = 4,
    }
}
