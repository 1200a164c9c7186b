using Tocsin.Server.Payloads;

namespace Tocsin.Server.Pipeline;

/// <summary>Writes a batch to the payload segments: rows and bodies of what is stored or quarantined, and behind them the outcomes.</summary>
sealed class Keeping(PayloadStore payloads)
{
    public void Keep(Batch batch)
    {
        var kept = batch.Items.Where(item => item.Frame is not null).ToList();
        var end = PayloadFrame.Write(
            new()
            {
                Kind = PayloadKind.Batch,
                Position = batch.Position,
                Previous = batch.Previous,
                Columns = RowFormat.Write(batch.Outcomes),
            }
        );
        batch.Kept = payloads.Append(batch.Day, batch.Position, [.. kept.Select(item => item.Frame!.Value), end]);
        for (var i = 0; i < kept.Count; i++)
        {
            kept[i].Location = batch.Kept.Locations[i];
            if (kept[i].Prepared is { } prepared)
            {
                prepared.Location = kept[i].Location;
            }
        }
    }

    /// <summary>For a batch that is sorted anew before the metadata refers to it.</summary>
    public void TakeBack(Batch batch)
    {
        if (batch.Kept is { } kept)
        {
            payloads.TakeBack(kept);
            batch.Kept = null;
        }
    }
}
