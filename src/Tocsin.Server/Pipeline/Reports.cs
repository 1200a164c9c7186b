using Tocsin.Journal;
using Tocsin.Protocol.SecurityReports;
using Tocsin.Server.Gateway;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Pipeline;

/// <summary>What browsers post to the door of security reports: each report of a list is an item, and becomes an event of its own.</summary>
static class Reports
{
    public static IReadOnlyList<UnpackedItem> Open(
        JournalRecord record,
        Receipt receipt,
        ProjectSnapshot? project,
        ReadOnlyMemory<byte> body
    )
    {
        // The door has cut them already. What it let in and cannot be cut ends as one invalid item, not nowhere.
        var reports = SecurityReportReader.TryCut(body, out var cut, out _) ? cut : [body];
        var items = new List<UnpackedItem>(reports.Count);
        for (var i = 0; i < reports.Count; i++)
        {
            if (!receipt.Refused.Contains(i))
            {
                items.Add(UnpackedItem.Single(record, Alone(receipt, i), project, DoorItem.Of(receipt), reports[i], i));
            }
        }
        return items;
    }

    /// <summary>The ids of the others follow the first's, so that a record that is read again gives the same events.</summary>
    static Receipt Alone(Receipt receipt, int index) =>
        index == 0 || receipt.EventId is not { } first ? receipt : receipt with { EventId = new(first.Value + (uint)index) };
}
