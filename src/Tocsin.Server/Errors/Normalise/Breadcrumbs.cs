using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Normalise;

static class Breadcrumbs
{
    const int LongestMessage = 8192;
    const int Allowance = 200;

    public static ErrorEvent Apply(ErrorEvent e, Circumstances around, NoteBook notes)
    {
        if (e.Breadcrumbs.Count == 0)
        {
            return e;
        }
        var finished = new Breadcrumb[e.Breadcrumbs.Count];
        for (var i = 0; i < finished.Length; i++)
        {
            finished[i] = Finish(e.Breadcrumbs[i], i, notes);
        }
        return e with { Breadcrumbs = finished };
    }

    static Breadcrumb Finish(Breadcrumb crumb, int index, NoteBook notes)
    {
        var type = Names.NotEmpty(crumb.Type) ?? "default";
        var level = Names.NotEmpty(crumb.Level) ?? "info";
        var fits =
            (crumb.Message?.Length ?? 0) <= LongestMessage && (crumb.Data is null || BagLimits.Fits(crumb.Data, BagLimits.Crumb));
        if (fits)
        {
            return crumb.Type == type && crumb.Level == level ? crumb : crumb with { Type = type, Level = level };
        }
        var here = $"breadcrumbs.values.{index}";
        return crumb with
        {
            Type = type,
            Level = level,
            Message = notes.Limit(crumb.Message, LongestMessage, here + ".message", Allowance),
            Data = BagLimits.Apply(crumb.Data, BagLimits.Crumb, here + ".data", notes),
        };
    }
}
