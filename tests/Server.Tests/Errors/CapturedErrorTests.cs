using System.Text;
using Tocsin.Server.Errors;

namespace Server.Tests.Errors;

public class CapturedErrorTests
{
    [Fact]
    public void Every_captured_error_has_its_approved_title_culprit_and_group()
    {
        var lines = new StringBuilder();
        var groups = new Dictionary<string, int>();
        foreach (var captured in CapturedError.All)
        {
            var prepared = SomeErrors.Pipeline.Prepare(captured.Context(), captured.Payload);
            if (prepared is not PreparedError error)
            {
                lines.AppendLine($"{captured.Name}\t{prepared.Outcome.Kind}: {prepared.Outcome.Reason}");
                continue;
            }
            var hash = error.Grouping.Hashes[0];
            groups.TryAdd(hash, groups.Count + 1);
            var variants = string.Join(
                '+',
                error.Grouping.Variants.Where(variant => variant.Contributes).Select(variant => variant.Name)
            );
            var sighting = error.Sighting!;
            lines.AppendLine(
                $"{captured.Name}\t#{groups[hash]} {variants}\t{sighting.Level}\t{sighting.Priority}\t{sighting.Title}\t{sighting.Culprit}"
            );
        }
        Approved.Matches("Errors/captured-errors.approved.txt", lines.ToString());
    }
}
