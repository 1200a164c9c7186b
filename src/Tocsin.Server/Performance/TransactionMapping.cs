using Tocsin.Server.Api;
using Tocsin.Server.Performance.Shapes;
using Tocsin.Server.Traces;

namespace Tocsin.Server.Performance;

/// <summary>Figures as the API shows them.</summary>
static class TransactionMapping
{
    public static TransactionRowShape Row(
        SpanScope scope,
        TransactionFigures figures,
        UserFigures users,
        int issues,
        double? regression,
        AnswerNotes notes
    ) =>
        new()
        {
            Transaction = figures.Key.Transaction,
            Project = scope.SlugOf(figures.Key.ProjectId),
            Op = figures.Key.Op,
            Count = figures.Count,
            Epm = figures.Count / scope.Minutes,
            P50 = figures.P50,
            P75 = figures.P75,
            P95 = figures.P95,
            P99 = figures.P99,
            TimeLost = figures.TimeLost,
            FailureRate = figures.FailureRate,
            Apdex = users.Apdex,
            UserMisery = users.Misery,
            Users = users.Users,
            Issues = issues,
            Regression = regression,
            Sampled = notes.Sampled,
            Partial = notes.Partial,
        };
}
