using Tocsin.Server.Traces;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Performance.Vitals;

/// <summary>Where a vital's element is told. SDKs before streaming put it on the page load, later ones on the vital's own span.</summary>
/// <param name="Only">Null, or which rows tell it.</param>
sealed record ElementSource(Vital Vital, Expression Element, Filter? Only = null)
{
    static readonly Expression Touched = new Expression.Tag("browser.web_vital.inp.target");

    public static IReadOnlyList<ElementSource> All { get; } =
    [
        new(Named("lcp"), Either(new Expression.Tag("lcp.element"), new Expression.Tag("browser.web_vital.lcp.element"))),
        new(Named("cls"), Either(new Expression.Tag("cls.source.1"), new Expression.Tag("browser.web_vital.cls.source.1"))),
        // The single span of an interaction is called after the element that was touched.
        new(
            Named("inp"),
            Either(Touched, SpanField.Description),
            new Filter.Or([new Filter.Has(Touched), new Filter.Like(SpanField.Op, "ui.interaction*")])
        ),
    ];

    static Expression Either(Expression first, Expression second) => new Expression.Choice(new Filter.Has(first), first, second);

    static Vital Named(string name) => Vital.All.Single(vital => vital.Name == name);
}
