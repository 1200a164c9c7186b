using System.CommandLine;
using Tocsin.Server.Hosting;

// The host handles signals itself, so that a stop can finish the batch at hand.
return await CommandLine.Build().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
