using Microsoft.Extensions.DependencyInjection;
using Tocsin.Server.Issues;
using Tocsin.Server.Metadata;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Traces;

namespace Simulation.World;

/// <summary>The planted bug of items that are named by where they lie instead of what they hold: one that comes once more is not known again.</summary>
sealed class ForgetfulPipeline(IItemPipeline inner) : IItemPipeline
{
    /// <summary>In the place of those that take containers and exports.</summary>
    public static void PlantIn(IServiceCollection services)
    {
        var spans = services.Where(IsOfSpans).ToList();
        foreach (var service in spans)
        {
            services.Remove(service);
            services.AddSingleton<IItemPipeline>(provider => new ForgetfulPipeline(
                (IItemPipeline)ActivatorUtilities.CreateInstance(provider, service.ImplementationType!)
            ));
        }
    }

    public bool Handles(string itemType) => inner.Handles(itemType);

    public int Footprint => inner.Footprint;

    public PreparedItem Prepare(ItemContext context, ReadOnlyMemory<byte> payload) =>
        inner.Prepare(context, payload) switch
        {
            PreparedTrace { Body.IsEmpty: true } trace => new PreparedTrace(context)
            {
                EventId = EventId.From(context.Position + 1, context.Index + 1),
                Timestamp = trace.Timestamp,
                Spans = trace.Spans,
                Losses = trace.Losses,
                Raised = trace.Raised,
                Quantities = trace.Quantities,
            },
            var other => other,
        };

    public Task TakeInAsync(
        MetadataTransaction transaction,
        IReadOnlyList<PreparedItem> items,
        ICollection<IssueChange> changes,
        CancellationToken cancellation
    ) => inner.TakeInAsync(transaction, items, changes, cancellation);

    static bool IsOfSpans(ServiceDescriptor service) =>
        service.ImplementationType == typeof(SpanPipeline) || service.ImplementationType == typeof(OtlpPipeline);
}
