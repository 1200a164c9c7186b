using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Normalise;

static class Breadcrumbs
{
    public static ErrorEvent Apply(ErrorEvent e, Circumstances around, NoteBook notes) =>
        e with
        {
            Breadcrumbs =
            [
                .. e.Breadcrumbs.Select(
                    (crumb, i) =>
                        crumb with
                        {
                            Type = Names.NotEmpty(crumb.Type) ?? "default",
                            Level = Names.NotEmpty(crumb.Level) ?? "info",
                            Message = notes.Limit(crumb.Message, 8192, $"breadcrumbs.values.{i}.message", 200),
                            Data = BagLimits.Apply(crumb.Data, BagLimits.Crumb, $"breadcrumbs.values.{i}.data", notes),
                        }
                ),
            ],
        };
}
