using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.Grouping;
using Tocsin.Server.Errors.Grouping.Fingerprints;
using Tocsin.Server.Errors.Grouping.V1;
using Tocsin.Server.Errors.InApp;

namespace Server.Tests.Errors.Grouping;

/// <summary>Events with stacks, spelled shortly.</summary>
static class SomeStacks
{
    public static ErrorEvent Thrown(string platform, string type, string value, params Frame[] frames) =>
        new() { Platform = platform, Exceptions = [Exception(type, value, frames)] };

    public static ExceptionValue Exception(string type, string value, params Frame[] frames) =>
        new()
        {
            Type = type,
            Value = value,
            StackTrace = frames.Length == 0 ? null : new() { Frames = frames },
        };

    public static Frame Own(string function, string? module = null, string? file = null, long line = 1, string? source = null) =>
        new()
        {
            Function = function,
            Module = module,
            Filename = file,
            AbsPath = file is null ? null : "/srv/" + file,
            Line = line,
            InApp = true,
            ContextLine = source,
        };

    public static Frame Library(string function, string? module = null, string? file = null) =>
        Own(function, module, file) with
        {
            InApp = false,
        };

    public static GroupingResult Group(this ErrorEvent e, string rules = "", string fingerprints = "") =>
        GroupingV1.Group(e, StackRules.For(rules), FingerprintRules.For(fingerprints));

    public static string Hash(this ErrorEvent e, string rules = "") => e.Group(rules).Hashes[0];

    public static Variant Variant(this GroupingResult result, string name) =>
        result.Variants.Single(variant => variant.Name == name);

    /// <summary>The values that entered the hash, in order.</summary>
    public static string[] Leaves(this GroupingResult result, string variant) => [.. result.Variant(variant).Root.Leaves()];
}
