using Tocsin.Server.Pipeline;

namespace Tocsin.Server.Gateway;

/// <summary>
/// Whether sending makes sense: the journal takes records, and what is in it moves on. Where the worker is stuck every request is
/// still answered and nothing is lost, but nothing becomes visible either.
/// </summary>
sealed class Readiness(Journal.Journal journal, PipelineHealth pipeline)
{
    public bool IsReady() => journal.State.Refusing is null && !pipeline.IsStuck;
}
