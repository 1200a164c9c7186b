using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tocsin.Telemetry.Query;

namespace Tocsin.Telemetry.DuckDb;

/// <summary>
/// What a closed day's file would have to be opened for, beside it: DuckDB takes some milliseconds and most of a megabyte for each file, and
/// most days are asked for by nobody. It holds for the file that it names by length and headers, which every checkpoint changes, and for
/// this version's tables; otherwise the file is opened and the note written anew.
/// </summary>
/// <param name="File">See <see cref="FileCheck.Fingerprint"/>.</param>
/// <param name="Day">The day whose file it is: notes may be put in another place together with their files.</param>
/// <param name="Tables">The tables that this version wants in it.</param>
/// <param name="Times">First and last of events, spans and outcomes, microseconds since 1970 UTC; null: there are none.</param>
sealed record ClosedNote(
    string File,
    DateOnly Day,
    string Tables,
    long Applied,
    bool IsWeighted,
    bool HasSums,
    bool HasRunSums,
    bool HasGroupSums,
    long?[] Times
)
{
    static readonly string OurTables = Convert.ToHexStringLower(
        SHA256.HashData(
            Encoding.UTF8.GetBytes(
                string.Join(
                    '\n',
                    DuckDb.Tables.Events.Select("day"),
                    DuckDb.Tables.Segments.Select("day"),
                    DuckDb.Tables.Spans.Select("day"),
                    DuckDb.Tables.Outcomes.Select("day"),
                    string.Join('\n', Sums.All.SelectMany(sums => sums.Tables.Selects("day"))),
                    TraceIndex.Select("day"),
                    ClosedFacts.Select("day")
                )
            )
        )
    );

    /// <summary>False: there is none that holds. Otherwise the day knows what it says.</summary>
    public static bool TryTell(DayFile day)
    {
        if (Read(day.NotePath) is not { Times.Length: 6 } note || note.Tables != OurTables || note.Day != day.Day)
        {
            return false;
        }
        if (day.HasLog || note.File != FileCheck.Fingerprint(day.FilePath))
        {
            return false;
        }
        day.Forget();
        (day.IsReadOnly, day.IsClosed) = (true, true);
        (day.Applied, day.IsWeighted) = (note.Applied, note.IsWeighted);
        (day.HasSums, day.HasRunSums, day.HasGroupSums) = (note.HasSums, note.HasRunSums, note.HasGroupSums);
        day.Events.Include(note.Times[..2].OfType<long>());
        day.Spans.Include(note.Times[2..4].OfType<long>());
        day.Outcomes.Include(note.Times[4..].OfType<long>());
        return true;
    }

    /// <summary>Of a closed day that was opened.</summary>
    public static void Write(DayFile day)
    {
        var note = new ClosedNote(
            FileCheck.Fingerprint(day.FilePath),
            day.Day,
            OurTables,
            day.Applied,
            day.IsWeighted,
            day.HasSums,
            day.HasRunSums,
            day.HasGroupSums,
            [.. new[] { day.Events, day.Spans, day.Outcomes }.SelectMany(rows => new[] { rows.Ends.First, rows.Ends.Last })]
        );
        try
        {
            System.IO.File.WriteAllBytes(
                day.NotePath,
                JsonSerializer.SerializeToUtf8Bytes(note, ClosedNoteJson.Default.ClosedNote)
            );
        }
        catch (IOException)
        {
            // A full disk has no room for it: the next start opens the file.
        }
    }

    static ClosedNote? Read(string path)
    {
        if (!System.IO.File.Exists(path))
        {
            return null;
        }
        try
        {
            return JsonSerializer.Deserialize(System.IO.File.ReadAllBytes(path), ClosedNoteJson.Default.ClosedNote);
        }
        catch (Exception broken) when (broken is JsonException or IOException)
        {
            // Cut off when it was written, or damaged since.
            return null;
        }
    }
}

[JsonSerializable(typeof(ClosedNote))]
sealed partial class ClosedNoteJson : JsonSerializerContext;
