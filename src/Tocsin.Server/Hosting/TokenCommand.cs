using System.CommandLine;
using Dapper;
using Tocsin.Server.Access;
using Tocsin.Server.Access.Tokens;
using Tocsin.Server.Hosting.Checks;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Hosting;

/// <summary><c>token create</c>: an organisation token straight from the data directory, for whoever may read that directory anyway.</summary>
static class TokenCommand
{
    public static Command Build()
    {
        var name = new Option<string>("--name")
        {
            Description = "What the token is for",
            DefaultValueFactory = _ => "command line",
        };
        var organization = new Option<string>("--organization", "-o")
        {
            Description = "Slug of the organisation",
            DefaultValueFactory = _ => "default",
        };
        var scopes = new Option<string[]>("--scope")
        {
            Description = "What it may do, for example event:read; repeatable. Every scope when left out",
            AllowMultipleArgumentsPerToken = true,
        };
        var create = new Command("create", "Makes an organisation token and prints it, once.") { name, organization, scopes };
        create.SetAction(
            (parsed, cancellation) =>
                CommandLine.WithSettingsAsync(
                    (options, stop) =>
                        CreateAsync(
                            options,
                            parsed.GetValue(organization)!,
                            parsed.GetValue(name)!,
                            parsed.GetValue(scopes) ?? [],
                            stop
                        ),
                    cancellation
                )
        );
        return new("token", "Tokens for the API.") { create };
    }

    static async Task<int> CreateAsync(
        ServerOptions options,
        string slug,
        string name,
        string[] scopes,
        CancellationToken cancellation
    )
    {
        if (scopes.Length > 0 && scopes.FirstOrDefault(scope => Scope.Find(scope) is null) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"--scope: '{unknown}' is not a scope. Known: {ScopeSet.Every}.");
            return ExitCode.Usage;
        }
        if (LostMetadata.Find(options) is { } lost)
        {
            await Console.Error.WriteLineAsync($"{lost.Fact}. {lost.Remedy}");
            return ExitCode.Failed;
        }
        if (options.Metadata is null && !File.Exists(options.MetadataFile))
        {
            await Console.Error.WriteLineAsync($"{options.Data} holds no Tocsin yet: start the server once.");
            return ExitCode.Failed;
        }
        await using var metadata = MetadataDb.Of(options.MetadataFile, options.Metadata);
        await MetadataSchema.MigrateAsync(metadata, TimeProvider.System, cancellation);
        await using var connection = await metadata.OpenAsync(cancellation);
        const string find = "SELECT id FROM organizations WHERE slug = @slug";
        if (await connection.QuerySingleOrDefaultAsync<long?>(find, new { slug }) is not { } organization)
        {
            await Console.Error.WriteLineAsync($"There is no organisation '{slug}'.");
            return ExitCode.Failed;
        }
        var value = TokenText.ForOrganization(options.Url, slug, TimeProvider.System.GetUtcNow());
        var token = new NewToken(name, value, scopes.Length == 0 ? ScopeSet.Every : ScopeSet.Parse(string.Join(' ', scopes)))
        {
            OrganizationId = organization,
        };
        await metadata.WriteAsync(
            transaction => ApiTokens.InsertAsync(transaction, token, Microseconds.Now(TimeProvider.System)),
            cancellation
        );
        await Console.Out.WriteLineAsync(value);
        return ExitCode.Done;
    }
}
