using System.Collections;
using Tocsin.Server.Access;
using Tocsin.Server.Hosting;

var variables = Environment
    .GetEnvironmentVariables()
    .Cast<DictionaryEntry>()
    .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
if (SettingsReader.Read(variables, Directory.GetCurrentDirectory(), out var error) is not { } options)
{
    await Console.Error.WriteLineAsync(error);
    return 2;
}
await using var app = TocsinApp.Build(options);
switch (await app.PrepareAsync(CancellationToken.None))
{
    case FirstRunAnswer.Refused refused:
        await Console.Error.WriteLineAsync(refused.Sentence);
        return 2;
    case FirstRunAnswer.Ready ready:
        Console.WriteLine(ready.SetupLink is null ? $"DSN: {ready.Dsn}" : $"Set up: {ready.SetupLink}\nDSN: {ready.Dsn}");
        break;
}
await app.RunAsync();
return 0;
