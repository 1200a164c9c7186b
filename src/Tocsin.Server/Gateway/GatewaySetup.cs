using Tocsin.Server.Gateway.Bodies;
using Tocsin.Server.Gateway.Doors;
using Tocsin.Server.Gateway.Quotas;

namespace Tocsin.Server.Gateway;

static class GatewaySetup
{
    /// <summary>Needs <c>Journal</c>, <c>ProjectDirectory</c> and <c>TimeProvider</c>.</summary>
    public static IServiceCollection AddGateway(this IServiceCollection services, GatewayOptions options) =>
        services
            .AddMetrics()
            .AddSingleton(options)
            .AddSingleton(new BodyBudget(options.Held))
            .AddSingleton(new Turns(options.AtOnce))
            .AddSingleton<GatewayMeter>()
            .AddSingleton<QuotaBook>()
            .AddSingleton<FairShare>()
            .AddSingleton<Admission>()
            .AddSingleton<EnvelopeJudge>()
            .AddSingleton<SingleJudge>()
            .AddSingleton<DoorKeeper>()
            .AddSingleton<Reception>()
            .AddSingleton<Readiness>()
            .AddSingleton<RefusalLedger>()
            .AddHostedService(provider => provider.GetRequiredService<RefusalLedger>());
}
