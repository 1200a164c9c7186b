using Tocsin.Cli;

var parsed = CommandTree.Build(Console.Out).Parse(args);
return parsed.Errors.Count > 0 && !CommandTree.AsksForHelp(args)
    ? CommandTree.Misused(parsed, Console.Error)
    : await parsed.InvokeAsync();
