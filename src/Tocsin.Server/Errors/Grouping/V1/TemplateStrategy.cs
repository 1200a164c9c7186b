using System.Text.Json;
using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.InApp;

namespace Tocsin.Server.Errors.Grouping.V1;

/// <summary>An error inside a page template: its file and line text.</summary>
static class TemplateStrategy
{
    static readonly string[] Keys = ["filename", "context_line"];

    public static StrategyResult? Find(ErrorEvent e, StackRules rules, StackLooks looks)
    {
        if (e.Template is not { } template)
        {
            return null;
        }
        Component[] parts =
        [
            .. Keys.Where(key => template[key]?.GetValueKind() == JsonValueKind.String)
                .Select(key => Component.Leaf(key, template[key]!.GetValue<string>().Trim())),
        ];
        return new(null, null, Component.Branch("template", parts));
    }
}
