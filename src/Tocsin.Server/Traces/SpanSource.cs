using Tocsin.Protocol.Events;
using Tocsin.Protocol.Otlp;
using Tocsin.Protocol.Traces;
using Tocsin.Server.Errors;
using Tocsin.Server.Gateway;
using Tocsin.Server.Releases;
using Tocsin.Server.Traces.Normalise;

namespace Tocsin.Server.Traces;

/// <summary>Spans of one program within an item, and what is known of that program beside them.</summary>
sealed record SpanSource(IReadOnlyList<Span> Spans, Surroundings Program)
{
    /// <summary>Whether the one who sends is the user; null: only where a span asks for it.</summary>
    public bool? InfersAddress { get; init; }

    /// <summary>Whether the sender's User-Agent is the user's.</summary>
    public bool InfersAgent { get; init; }

    /// <summary>Of the same envelope.</summary>
    public LendingTransactions Beside { get; init; } = LendingTransactions.None;

    /// <summary>Of the program, for its segments; columns hold some of them.</summary>
    public IReadOnlyList<KeyedValue> Attributes
    {
        get;
        init
        {
            field = value;
            TextLength = value.Sum(held => held.Key.Length + held.Value.ToString().Length);
        }
    } = [];

    /// <summary>Characters of <see cref="Attributes"/>.</summary>
    public int TextLength { get; private init; }

    public static SpanSource Of(SpanBatch batch, SdkDescription? sdk, Receipt receipt)
    {
        var client = receipt.Client?.Split('/', 2);
        return new(
            batch.Spans,
            Surroundings.Unknown with
            {
                SdkName = sdk?.Name ?? (client is [{ Length: > 0 } name, ..] ? name : null),
                SdkVersion = sdk?.Version ?? (client is [_, { Length: > 0 } version] ? version : null),
            }
        )
        {
            InfersAddress =
                batch.InferIp is "auto" ? true
                : batch.InferIp is "never" ? false
                : null,
            InfersAgent = batch.InferUserAgent == "auto",
        };
    }

    public static SpanSource Of(ServiceSpans service)
    {
        var resource = service.Resource;
        var said = SpanFacts.Of(resource.Attributes);
        var agent = VisitorAgent.Of(said.UserAgent);
        return new(
            service.Spans,
            Surroundings.Unknown with
            {
                Service = resource.ServiceName,
                Release = LegalNames.Release(resource.Release),
                Environment = LegalNames.Environment(resource.Environment),
                ServerName = resource.HostName,
                Platform = resource.Platform,
                User = UserKey.Of(
                    new()
                    {
                        Id = said.UserId,
                        Username = said.UserName,
                        Email = said.UserEmail,
                    }
                ),
                Browser = said.Browser ?? agent.Browser,
                BrowserVersion = said.BrowserVersion ?? agent.BrowserVersion,
                Os = said.System ?? agent.Os,
                Device = said.Device ?? agent.Device ?? Handheld.Of(said.System, said.Model),
                Connection = said.Connection,
                Country = said.Country?.ToUpperInvariant(),
                SdkName = resource.Text("telemetry.sdk.name"),
                SdkVersion = resource.Text("telemetry.sdk.version"),
            }
        )
        {
            InfersAddress = false,
            // A page exports from the browser itself.
            InfersAgent = resource.Platform == "javascript",
            Attributes = [.. resource.Attributes.Where(held => !IsColumn(held))],
        };
    }

    /// <summary>What is no name of a release or an environment stays an attribute.</summary>
    static bool IsColumn(KeyedValue held) =>
        held.Key switch
        {
            "service.name" or "host.name" or "telemetry.sdk.name" or "telemetry.sdk.version" => true,
            "service.version" or "sentry.release" => LegalNames.Release(held.Value.ToString()) is not null,
            "sentry.environment" or "deployment.environment" or "deployment.environment.name" => LegalNames.Environment(
                held.Value.ToString()
            )
                is not null,
            _ => false,
        };
}
