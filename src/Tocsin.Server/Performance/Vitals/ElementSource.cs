using Tocsin.Server.Traces;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Performance.Vitals;

/// <summary>Where a vital's element is told. SDKs before streaming put it on the page load, later ones on the vital's own span.</summary>
/// <param name="Only">Null, or which rows tell it there.</param>
sealed record ElementSource(Vital Vital, Expression Element, Filter? Only)
{
    public static IReadOnlyList<ElementSource> All { get; } =
    [
        Attribute("lcp", "lcp.element"),
        Attribute("lcp", "browser.web_vital.lcp.element"),
        Attribute("cls", "cls.source.1"),
        Attribute("cls", "browser.web_vital.cls.source.1"),
        Attribute("inp", "browser.web_vital.inp.target"),
        // The single span of an interaction is called after the element that was touched.
        new(
            Named("inp"),
            SpanField.Description,
            new Filter.And([
                new Filter.Like(SpanField.Op, "ui.interaction*"),
                new Filter.Not(new Filter.Has(new Expression.Tag("browser.web_vital.inp.target"))),
            ])
        ),
    ];

    static ElementSource Attribute(string vital, string key) => new(Named(vital), new Expression.Tag(key), null);

    static Vital Named(string name) => Vital.All.Single(vital => vital.Name == name);
}
