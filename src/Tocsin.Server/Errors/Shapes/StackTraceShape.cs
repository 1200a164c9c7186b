using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Tocsin.Server.Errors.Shapes;

/// <summary>Frames oldest first.</summary>
sealed record StackTraceShape
{
    public required IReadOnlyList<FrameShape> Frames { get; init; }
    public IReadOnlyList<long>? FramesOmitted { get; init; }
    public JsonObject? Registers { get; init; }
    public bool HasSystemFrames { get; init; }
}

sealed record FrameShape
{
    public string? Filename { get; init; }
    public string? AbsPath { get; init; }
    public string? Module { get; init; }
    public string? Package { get; init; }
    public string? Platform { get; init; }
    public string? Function { get; init; }
    public string? RawFunction { get; init; }
    public string? Symbol { get; init; }
    public string? InstructionAddr { get; init; }
    public string? SymbolAddr { get; init; }
    public string? Trust { get; init; }
    public long? LineNo { get; init; }
    public long? ColNo { get; init; }
    public bool InApp { get; init; }

    /// <summary>Lines of code as <c>[number, text]</c>.</summary>
    public required IReadOnlyList<JsonArray> Context { get; init; }
    public JsonObject? Vars { get; init; }
    public JsonObject? Lock { get; init; }
    public string? SourceLink { get; init; }
}

sealed record ExceptionShape
{
    public string? Type { get; init; }
    public string? Value { get; init; }
    public string? Module { get; init; }
    public string? ThreadId { get; init; }
    public MechanismShape? Mechanism { get; init; }
    public StackTraceShape? Stacktrace { get; init; }
    public StackTraceShape? RawStacktrace { get; init; }
}

/// <summary>Sentry passes a mechanism on in the names of the payload.</summary>
sealed record MechanismShape
{
    public required string Type { get; init; }
    public string? Description { get; init; }

    [JsonPropertyName("help_link")]
    public string? HelpLink { get; init; }
    public bool? Handled { get; init; }
    public bool? Synthetic { get; init; }
    public string? Source { get; init; }

    [JsonPropertyName("exception_id")]
    public long? ExceptionId { get; init; }

    [JsonPropertyName("parent_id")]
    public long? ParentId { get; init; }

    [JsonPropertyName("is_exception_group")]
    public bool? IsExceptionGroup { get; init; }
    public JsonObject? Data { get; init; }
    public JsonObject? Meta { get; init; }
}

sealed record ThreadShape
{
    public string? Id { get; init; }
    public string? Name { get; init; }
    public string? State { get; init; }
    public bool Crashed { get; init; }
    public bool Current { get; init; }
    public bool? Main { get; init; }
    public StackTraceShape? Stacktrace { get; init; }
}
