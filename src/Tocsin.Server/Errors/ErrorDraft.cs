using Tocsin.Protocol.Events;
using Tocsin.Server.Countries;
using Tocsin.Server.Errors.Grouping;
using Tocsin.Server.Errors.InApp;
using Tocsin.Server.Pipeline;

namespace Tocsin.Server.Errors;

/// <summary>An event on its way through the steps of <see cref="ErrorPipeline"/>. Each step gives a new draft; a refusing outcome ends the way.</summary>
sealed record ErrorDraft(ItemContext Context, ReadOnlyMemory<byte> Payload, CountryTable Countries)
{
    public Outcome Outcome { get; init; } = Outcome.Accepted;

    /// <summary>Set by reading.</summary>
    public ErrorEvent Event { get; init; } = null!;

    /// <summary>Filled by in-app detection.</summary>
    public StackLooks Looks { get; } = new();

    /// <summary>Set by grouping.</summary>
    public GroupingResult Grouping { get; init; } = null!;
    public string Title { get; init; } = "";
    public string Culprit { get; init; } = "";
}
