using Tocsin.Protocol;
using Tocsin.Protocol.SecurityReports;
using Tocsin.Server.Gateway.Bodies;

namespace Tocsin.Server.Gateway.Doors;

/// <summary>What a browser reports on its own: one report or a list of them. They are counted, each is an item.</summary>
/// <param name="most">Reports in a list.</param>
/// <param name="largest">Bytes of one.</param>
/// <param name="type">What a refusal calls them.</param>
sealed class ReportsReader(int most, int largest, string type) : WholeReader(expected: 16 * 1024)
{
    public int Count { get; private set; }

    public override Refusal? Complete()
    {
        if (!SecurityReportReader.TryCut(Body, out var reports, out var refusal))
        {
            return refusal;
        }
        Count = reports.Count;
        return Count > most || reports.Any(report => report.Length > largest) ? Refusal.TooLarge(type) : null;
    }
}
