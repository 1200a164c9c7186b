namespace Tocsin.Telemetry.Query;

/// <summary>Which quantiles a query wants of one value: finding them together costs as much as finding one.</summary>
sealed class QuantileShares
{
    readonly Dictionary<(Expression Of, Filter? If), List<double>> shares = [];

    public void Expect(IEnumerable<Expression> expressions)
    {
        foreach (var quantile in expressions.SelectMany(expression => expression.WithParts()).OfType<Expression.Quantile>())
        {
            var known = KnownOf(quantile);
            if (!known.Contains(quantile.Share))
            {
                known.Add(quantile.Share);
            }
        }
    }

    public IReadOnlyList<double> Of(Expression.Quantile quantile) => KnownOf(quantile);

    List<double> KnownOf(Expression.Quantile quantile)
    {
        var key = (quantile.Of, quantile.If);
        if (!shares.TryGetValue(key, out var known))
        {
            shares[key] = known = [];
        }
        return known;
    }
}
