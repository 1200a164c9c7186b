using Tocsin.Server.Explore.Reading;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore;

/// <summary>Where a vital counts as good or poor on phones, and on everything else.</summary>
sealed record DeviceLimits(VitalLimits Desktop, VitalLimits Phone)
{
    public static Filter OnPhone { get; } = new Filter.Compare(new Expression.Field("device.class"), Comparison.Equal, "mobile");

    public bool AreOne => Desktop == Phone;

    /// <summary>The rows whose value compares so with the limit of their device.</summary>
    public Filter Where(Expression value, Comparison comparison, Func<VitalLimits, double> limit)
    {
        return AreOne
            ? Of(Desktop)
            : new Filter.Or([new Filter.And([OnPhone, Of(Phone)]), new Filter.And([new Filter.Not(OnPhone), Of(Desktop)])]);

        Filter Of(VitalLimits limits) => new Filter.Compare(value, comparison, limit(limits));
    }
}
