using Microsoft.AspNetCore.Identity;
using Tocsin.Server.Access.Members;
using Tocsin.Server.Access.Organizations;
using Tocsin.Server.Access.Sessions;
using Tocsin.Server.Access.Teams;
using Tocsin.Server.Access.Tokens;
using Tocsin.Server.Access.Users;

namespace Tocsin.Server.Access;

static class AccessSetup
{
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services
            .AddSingleton<ApiTokens>()
            .AddSingleton<BrowserSessions>()
            .AddSingleton<Credentials>()
            .AddSingleton<Tenants>()
            .AddSingleton<PasswordGuesses>()
            .AddSingleton<HashingQueue>()
            .AddSingleton<UserStore>()
            .AddSingleton<OrganizationQueries>()
            .AddSingleton<OrganizationCommands>()
            .AddSingleton<TeamQueries>()
            .AddSingleton<TeamCommands>()
            .AddSingleton<MemberQueries>()
            .AddSingleton<MemberCommands>()
            .AddSingleton<MemberTeamDoors>()
            .AddSingleton<Invites>()
            .AddSingleton<Setup>()
            .AddScoped<Accounts>()
            .AddScoped<FirstRun>();
        services
            .AddIdentityCore<User>(options =>
            {
                // The rules are ours; see PasswordRules.
                options.Password.RequireDigit = false;
                options.Password.RequireLowercase = false;
                options.Password.RequireUppercase = false;
                options.Password.RequireNonAlphanumeric = false;
                options.Password.RequiredLength = PasswordRules.MinLength;
                options.User.RequireUniqueEmail = true;
                options.User.AllowedUserNameCharacters = "";
            })
            .AddPasswordValidator<PasswordRules>()
            .AddUserStore<UserStore>();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = Accounts.HashingCost().IterationCount);
        return services;
    }

    /// <summary>After routing and before the endpoints.</summary>
    public static IApplicationBuilder UseGate(this IApplicationBuilder app) => app.UseMiddleware<Gate>();
}
