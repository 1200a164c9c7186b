using Tocsin.Server.Api;

namespace Tocsin.Server.Traces.Shapes;

/// <summary>
/// How long spans like those of a trace usually take. Since: seconds since 1970, the whole hours of the last day. Sampled: counts are
/// extrapolated. Partial: a day of the store could not answer.
/// </summary>
[SnakeCase]
sealed record UsualShape(double Since, IReadOnlyList<UsualKindShape> Kinds, bool Sampled, bool Partial);

/// <summary>
/// Segments of one transaction, or other spans of one group, which is 16 hex digits; the other is null. Project: the slug. P50 and P95:
/// milliseconds.
/// </summary>
[SnakeCase]
sealed record UsualKindShape(string Project, string? Transaction, string? Group, long Count, double P50, double P95);
