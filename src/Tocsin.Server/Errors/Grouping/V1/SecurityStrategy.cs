using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.InApp;
using Tocsin.Server.Errors.SecurityReports;

namespace Tocsin.Server.Errors.Grouping.V1;

/// <summary>Content policy reports by directive and what was blocked; certificate reports by host.</summary>
static class SecurityStrategy
{
    public static StrategyResult? Find(ErrorEvent e, StackRules rules, StackLooks looks)
    {
        if (e.SecurityReport is not { } report)
        {
            return null;
        }
        if (e.Type == "csp")
        {
            var policy = CspReport.Read(report);
            return Of("csp", [Leaf("directive", policy.Directive), Leaf("blocked", policy.BlockedSource)]);
        }
        return e.Type is "hpkp" or "expectct" or "expectstaple"
            ? Of(e.Type, [Component.Leaf("salt", e.Type), Leaf("hostname", CertificateReport.Hostname(report))])
            : null;
    }

    static StrategyResult Of(string name, Component?[] parts) =>
        new(null, null, Component.Branch(name, [.. parts.OfType<Component>()]));

    static Component? Leaf(string name, string? value) => string.IsNullOrEmpty(value) ? null : Component.Leaf(name, value);
}
