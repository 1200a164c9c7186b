using System.Security.Cryptography;
using System.Text;
using Tocsin.Server.Api;

namespace Tocsin.Server.Access;

/// <summary>
/// The one gate in front of every route, after routing and before anything of the request is bound to a handler:
/// 1. the route's rule (none: not served), 2. the credentials, 3. the caller's request limit, 4. the antiforgery value of a session,
/// 5. what the address names, which for strangers does not exist, 6. the scope.
/// </summary>
sealed partial class Gate(RequestDelegate next, Credentials credentials, Tenants tenants, RequestLimits limits, ILogger<Gate> log)
{
    const string AntiforgeryHeader = "X-CSRF-Token";

    public Task InvokeAsync(HttpContext context) =>
        // Not a route: nothing matched, or routing's own answer for a wrong method.
        context.GetEndpoint()
            is not RouteEndpoint endpoint
            ? next(context)
        : RouteRule.Of(endpoint) is not { } rule ? RefuseUnruledAsync(context, endpoint)
        : rule is RouteRule.Public { ReadsCaller: false } ? next(context)
        : CheckAsync(context, rule);

    async Task CheckAsync(HttpContext context, RouteRule rule)
    {
        var presented = await credentials.ReadAsync(context);
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        using var entered = limits.Enter((presented as Presented.Known)?.Caller.Key ?? address, context.Response);
        var refusal = entered is null
            ? ApiError.TooMany("You are attempting to use this endpoint too frequently.", TimeSpan.FromSeconds(1))
            : await AdmitAsync(context, rule, presented);
        if (refusal is not null)
        {
            await refusal.ExecuteAsync(context);
            return;
        }
        await next(context);
    }

    async Task<IResult?> AdmitAsync(HttpContext context, RouteRule rule, Presented presented)
    {
        if (presented is Presented.Wrong wrong)
        {
            return ApiError.Unauthorized(wrong.Detail);
        }
        var caller = (presented as Presented.Known)?.Caller;
        if (caller is null && rule is not RouteRule.Public)
        {
            return ApiError.Unauthorized(ApiError.NoCredentials);
        }
        if (caller is Caller.Session session && !IsOurPage(context, session))
        {
            return ApiError.Forbidden("CSRF Failed: CSRF token missing or incorrect.");
        }
        context.Features.Set(caller);
        return rule switch
        {
            RouteRule.ForCaller forCaller => Check(caller!, forCaller),
            RouteRule.InTenant inTenant => await EnterAsync(context, caller!, inTenant),
            _ => null,
        };
    }

    static ApiError? Check(Caller caller, RouteRule.ForCaller rule)
    {
        var taken = rule.Credential switch
        {
            Credential.Session => caller is Caller.Session,
            Credential.User => caller.UserId is not null,
            _ => true,
        };
        var allowed = taken && (rule.Scope is not { } scope || caller.TokenScopes is not { } scopes || scopes.Holds(scope));
        return allowed ? null : ApiError.Forbidden();
    }

    async Task<IResult?> EnterAsync(HttpContext context, Caller caller, RouteRule.InTenant rule)
    {
        var found = await tenants.FindAsync(context, caller, rule.Target);
        switch (found)
        {
            case TenantAnswer.Moved moved:
                return new MovedProject(moved.Slug);
            case TenantAnswer.Found { Tenant: var tenant }:
                if (!tenant.May(rule.Scope))
                {
                    return ApiError.Forbidden();
                }
                context.Features.Set(tenant);
                return null;
            default:
                return ApiError.NotFound();
        }
    }

    // A foreign page can make a browser send the cookie, but cannot read it, nor set this header.
    static bool IsOurPage(HttpContext context, Caller.Session session)
    {
        var method = context.Request.Method;
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method))
        {
            return true;
        }
        var sent = Encoding.UTF8.GetBytes(context.Request.Headers[AntiforgeryHeader].ToString());
        return CryptographicOperations.FixedTimeEquals(sent, Encoding.UTF8.GetBytes(session.Antiforgery));
    }

    Task RefuseUnruledAsync(HttpContext context, Endpoint endpoint)
    {
        Unruled(log, endpoint.DisplayName);
        return ApiError.NotFound().ExecuteAsync(context);
    }

    [LoggerMessage(LogLevel.Error, "{Route} has no rule who may use it and is not served")]
    static partial void Unruled(ILogger logger, string? route);
}
