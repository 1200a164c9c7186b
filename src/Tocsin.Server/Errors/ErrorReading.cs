using System.Text.Json.Nodes;
using Tocsin.Protocol;
using Tocsin.Protocol.Events;
using Tocsin.Protocol.SecurityReports;
using Tocsin.Server.Errors.Normalise;
using Tocsin.Server.Pipeline;

namespace Tocsin.Server.Errors;

/// <summary>An item's bytes as an event, and what the server knows beside them.</summary>
static class ErrorReading
{
    /// <summary>The event, or the outcome of an item that is none of ours.</summary>
    public static (ErrorEvent? Event, Outcome Outcome) Read(ItemContext context, ReadOnlySpan<byte> payload)
    {
        if (context.ItemType == ItemType.RawSecurity)
        {
            return SecurityReportReader.TryRead(payload, out var reports, out var unreadable)
                ? (Joined(reports), Outcome.Accepted)
                : (null, Outcome.Invalid(unreadable.Reason));
        }
        if (!EventReader.TryRead(payload, out var read, out var refusal))
        {
            return (null, Outcome.Invalid(refusal.Reason));
        }
        // Neither is an error, whatever it came as.
        return read.Type is "transaction" or "feedback" ? (null, Outcome.Quarantined("unhandled")) : (read, Outcome.Accepted);
    }

    public static Circumstances CircumstancesOf(ItemContext context, ReadOnlySpan<byte> payload)
    {
        var receipt = context.Receipt;
        return new()
        {
            Received = DateTimeOffset.UnixEpoch.AddTicks(receipt.Received * TimeSpan.TicksPerMicrosecond),
            SentAt = context.Envelope?.SentAt,
            Envelope = context.Envelope,
            EventId = receipt.EventId ?? context.Envelope?.EventId,
            ClientAddress = receipt.RemoteAddress,
            Client = receipt.Client,
            UserAgent = receipt.UserAgent,
            ClientHints = receipt.ClientHints,
            IsSecurityReport = context.ItemType is ItemType.RawSecurity or ItemType.Security,
            MayHoldNul = EventTexts.MayHoldNul(payload),
            Release = BesideReport(context, "sentry_release"),
            Environment = BesideReport(context, "sentry_environment"),
        };
    }

    /// <summary>From the address that the report was sent to, or from its item's header.</summary>
    static string? BesideReport(ItemContext context, string name) =>
        context.Receipt.Parameters?.GetValueOrDefault(name)
        ?? (context.Header?.Others?[name] is JsonValue stated && stated.TryGetValue(out string? text) ? text : null);

    /// <summary>Browsers may post several reports at once; one item is one event, so the others are kept inside the first.</summary>
    static ErrorEvent Joined(IReadOnlyList<ErrorEvent> reports) =>
        reports.Count == 1
            ? reports[0]
            : reports[0] with
            {
                Extra = new()
                {
                    ["more reports"] = new JsonArray([.. reports.Skip(1).Select(report => report.SecurityReport?.DeepClone())]),
                },
            };
}
