using Tocsin.Server.Pipeline.Columns;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Pipeline;

/// <summary>
/// The spans of one item as columns in the payload segments. A trace has so many spans that their names would weigh more than they do, so they
/// are not JSON as other rows; the column numbers below are for ever, and what a later release adds, an older one passes over.
/// </summary>
static class SpanFormat
{
    static ReadOnlySpan<byte> Magic => "TSC1"u8;
    const int LargestKept = 1 << 20;

    [ThreadStatic]
    static ColumnWriter? kept;

    /// <summary>Whether a record's columns are spans.</summary>
    public static bool Is(ReadOnlySpan<byte> columns) => columns.StartsWith(Magic);

    /// <param name="rows">At least one; of one project. Issue and location are not written.</param>
    public static byte[] Write(IReadOnlyList<SpanRow> rows)
    {
        if (kept is null || kept.Capacity > LargestKept)
        {
            kept = new();
        }
        var writer = kept;
        var known = new Dictionary<long, int>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            known.TryAdd(rows[i].SpanId, i);
        }
        writer.Begin(Magic, rows.Count);
        writer.Wide(1, rows, row => row.TraceId);
        writer.Words(2, rows, row => row.SpanId);
        writer.References(3, rows, row => row.ParentSpanId, known);
        writer.References(4, rows, row => row.SegmentId, known);
        writer.Whole(5, rows, row => row.IsSegment ? 1 : 0);
        writer.Whole(6, rows, row => row.Timestamp, differences: true);
        writer.Whole(7, rows, row => row.Received, differences: true);
        writer.Whole(8, rows, row => row.Duration);
        writer.Whole(9, rows, row => row.Duration - row.SelfTime);
        writer.Texts(10, rows, row => row.Op, "default");
        writer.Texts(11, rows, row => row.Description);
        writer.Texts(12, rows, row => row.GroupName);
        writer.Words(13, rows, row => row.Group);
        writer.Texts(14, rows, row => row.Category);
        writer.Texts(15, rows, row => row.Domain);
        writer.Texts(16, rows, row => row.Action);
        writer.Texts(17, rows, row => row.Status, "unknown");
        writer.Whole(18, rows, row => row.Failed ? 1 : 0);
        writer.Texts(19, rows, row => row.Kind);
        writer.Texts(20, rows, row => row.Origin);
        writer.Texts(21, rows, row => row.Transaction);
        writer.Texts(22, rows, row => row.TransactionOp);
        writer.Texts(23, rows, row => row.Service);
        writer.Texts(24, rows, row => row.Platform, "other");
        writer.Texts(25, rows, row => row.Environment);
        writer.Texts(26, rows, row => row.Release);
        writer.Texts(27, rows, row => row.Dist);
        writer.Texts(28, rows, row => row.ServerName);
        writer.Texts(29, rows, row => row.SdkName);
        writer.Texts(30, rows, row => row.SdkVersion);
        writer.Texts(31, rows, row => row.User);
        writer.Texts(32, rows, row => row.Browser);
        writer.Texts(33, rows, row => row.BrowserVersion);
        writer.Texts(34, rows, row => row.Os);
        writer.Texts(35, rows, row => row.Device);
        writer.Texts(36, rows, row => row.Connection);
        writer.Texts(37, rows, row => row.Country);
        writer.Texts(38, rows, row => row.HttpMethod);
        writer.Whole(39, rows, row => row.HttpStatus is { } status ? status + 1L : 0);
        writer.Texts(40, rows, row => row.Url);
        writer.Wide(41, rows, row => row.EventId);
        writer.Wide(42, rows, row => row.ProfileId);
        writer.Wide(43, rows, row => row.ReplayId);
        writer.Reals(44, rows, row => row.Lcp);
        writer.Reals(45, rows, row => row.Fcp);
        writer.Reals(46, rows, row => row.Cls);
        writer.Reals(47, rows, row => row.Inp);
        writer.Reals(48, rows, row => row.Ttfb);
        writer.Reals(49, rows, row => row.Fid);
        writer.Reals(50, rows, row => row.Weight, 1);
        writer.Reals(51, rows, row => row.ClientSampleRate);
        writer.Texts(52, rows, row => row.Measurements, "{}");
        writer.Texts(53, rows, row => row.Attributes, "{}");
        writer.Texts(54, rows, row => row.Links);
        return writer.End();
    }

    /// <exception cref="InvalidDataException">The bytes are no spans.</exception>
    public static IReadOnlyList<SpanRow> Read(ReadOnlyMemory<byte> bytes, long projectId)
    {
        var columns = new ColumnReader(bytes, Magic);
        var ids = columns.Words(2);
        var (traces, parents, segments) = (columns.Wide(1), columns.References(3, ids), columns.References(4, ids));
        var (heads, starts, received) = (
            columns.Whole(5),
            columns.Whole(6, differences: true),
            columns.Whole(7, differences: true)
        );
        var (durations, covered) = (columns.Whole(8), columns.Whole(9));
        var (ops, descriptions, names, groups) = (
            columns.Texts(10, "default"),
            columns.Texts(11),
            columns.Texts(12),
            columns.Words(13)
        );
        var (categories, domains, actions) = (columns.Texts(14), columns.Texts(15), columns.Texts(16));
        var (statuses, failed, kinds, origins) = (
            columns.Texts(17, "unknown"),
            columns.Whole(18),
            columns.Texts(19),
            columns.Texts(20)
        );
        var (transactions, transactionOps, services) = (columns.Texts(21), columns.Texts(22), columns.Texts(23));
        var (platforms, environments, releases) = (columns.Texts(24, "other"), columns.Texts(25), columns.Texts(26));
        var (dists, servers, sdks, versions) = (columns.Texts(27), columns.Texts(28), columns.Texts(29), columns.Texts(30));
        var (users, browsers, browserVersions) = (columns.Texts(31), columns.Texts(32), columns.Texts(33));
        var (systems, devices, connections, countries) = (
            columns.Texts(34),
            columns.Texts(35),
            columns.Texts(36),
            columns.Texts(37)
        );
        var (methods, httpStatuses, urls) = (columns.Texts(38), columns.Whole(39), columns.Texts(40));
        var (events, profiles, replays) = (columns.Wide(41), columns.Wide(42), columns.Wide(43));
        var (lcp, fcp, cls) = (columns.Reals(44), columns.Reals(45), columns.Reals(46));
        var (inp, ttfb, fid) = (columns.Reals(47), columns.Reals(48), columns.Reals(49));
        var (weights, rates) = (columns.Reals(50, 1), columns.Reals(51));
        var (measurements, attributes, links) = (columns.Texts(52, "{}"), columns.Texts(53, "{}"), columns.Texts(54));
        var rows = new SpanRow[columns.Rows];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = new()
            {
                ProjectId = projectId,
                TraceId = traces[i] ?? 0,
                SpanId = ids[i],
                ParentSpanId = parents[i],
                SegmentId = segments[i],
                IsSegment = heads[i] != 0,
                Timestamp = starts[i],
                Received = received[i],
                Duration = durations[i],
                SelfTime = durations[i] - covered[i],
                Op = ops[i] ?? "default",
                Description = descriptions[i],
                GroupName = names[i],
                Group = groups[i],
                Category = categories[i],
                Domain = domains[i],
                Action = actions[i],
                Status = statuses[i] ?? "unknown",
                Failed = failed[i] != 0,
                Kind = kinds[i],
                Origin = origins[i],
                Transaction = transactions[i],
                TransactionOp = transactionOps[i],
                Service = services[i],
                Platform = platforms[i] ?? "other",
                Environment = environments[i],
                Release = releases[i],
                Dist = dists[i],
                ServerName = servers[i],
                SdkName = sdks[i],
                SdkVersion = versions[i],
                User = users[i],
                Browser = browsers[i],
                BrowserVersion = browserVersions[i],
                Os = systems[i],
                Device = devices[i],
                Connection = connections[i],
                Country = countries[i],
                HttpMethod = methods[i],
                HttpStatus = httpStatuses[i] == 0 ? null : (int)(httpStatuses[i] - 1),
                Url = urls[i],
                EventId = events[i],
                ProfileId = profiles[i],
                ReplayId = replays[i],
                Lcp = lcp[i],
                Fcp = fcp[i],
                Cls = cls[i],
                Inp = inp[i],
                Ttfb = ttfb[i],
                Fid = fid[i],
                Weight = weights[i] ?? 1,
                ClientSampleRate = rates[i],
                Measurements = measurements[i] ?? "{}",
                Attributes = attributes[i] ?? "{}",
                Links = links[i],
            };
        }
        return rows;
    }
}
