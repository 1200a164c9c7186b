using Tocsin.Protocol.Traces;
using Tocsin.Server.Releases;

namespace Tocsin.Server.Traces.Normalise;

/// <summary>What the spans of a transaction say for columns that the transaction's event fills for all of them.</summary>
sealed partial class SpanFacts
{
    /// <summary>What a column does not say as the span says it stays an attribute.</summary>
    public void KeepDiffering(Span span, Surroundings around)
    {
        foreach (var held in span.Attributes)
        {
            if (!IsSaid(held.Key, held.Value, span, around))
            {
                AddRest([held]);
            }
        }
    }

    /// <summary>True for all other attributes: they have a column of the span's own, or stay one.</summary>
    static bool IsSaid(string key, in AttributeValue value, Span span, Surroundings around) =>
        key switch
        {
            "sentry.op" => Text(value) == span.Op,
            "sentry.origin" => Text(value) == span.Origin,
            "sentry.kind" or "otel.kind" => SpanKind.Read(Text(value)) is { } kind && kind == span.Kind,
            "sentry.segment.id" => HexId.Span(Text(value)) == span.SegmentId,
            "sentry.segment.name" or "sentry.transaction" => Text(value) == around.Transaction,
            "sentry.release" or "release" => LegalNames.Release(Text(value)) == around.Release,
            "sentry.environment" or "environment" or "deployment.environment" or "deployment.environment.name" =>
                LegalNames.Environment(Text(value)) == around.Environment,
            "sentry.dist" => Text(value) == around.Dist,
            "sentry.platform" => Text(value) == around.Platform,
            "sentry.sdk.name" => Text(value) == around.SdkName,
            "sentry.sdk.version" => Text(value) == around.SdkVersion,
            "sentry.server_name" or "host.name" => Text(value) == around.ServerName,
            "service.name" => Text(value) == around.Service,
            "sentry.client_sample_rate" or "sentry.sample_rate" => ClientRate.Of(Text(value)) == around.ClientSampleRate,
            "sentry.replay_id" or "replay_id" => Id(value) == around.ReplayId,
            "sentry.profile_id" or "profile_id" => Id(value) == around.ProfileId,
            "browser.name" or "sentry.browser.name" => Text(value) == around.Browser,
            "browser.version" => Text(value) == around.BrowserVersion,
            "os.name" => Text(value) == around.Os,
            "device.class" => Text(value) == around.Device,
            "network.connection.effective_type" or "effectiveConnectionType" => Text(value) == around.Connection,
            "user.geo.country_code" or "geo.country.iso_code" => Text(value)?.ToUpperInvariant() == around.Country,
            _ => true,
        };
}
