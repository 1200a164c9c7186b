using System.Text.Json.Nodes;

namespace Tocsin.Protocol.Events;

/// <summary>One exception of a chain.</summary>
public sealed record ExceptionValue
{
    public string? Type { get; init; }
    public string? Value { get; init; }
    public string? Module { get; init; }

    /// <summary>Number or text, as text.</summary>
    public string? ThreadId { get; init; }

    public StackTrace? StackTrace { get; init; }

    /// <summary>The stack before symbolication, as sent.</summary>
    public StackTrace? RawStackTrace { get; init; }

    public Mechanism? Mechanism { get; init; }
}

/// <summary>How an exception was caught. Handled false: nobody did.</summary>
public sealed record Mechanism
{
    public string Type { get; init; } = "generic";
    public string? Description { get; init; }
    public string? HelpLink { get; init; }
    public bool? Handled { get; init; }
    public bool? Synthetic { get; init; }
    public string? Source { get; init; }
    public long? ExceptionId { get; init; }
    public long? ParentId { get; init; }
    public bool? IsExceptionGroup { get; init; }
    public JsonObject? Data { get; init; }
    public JsonObject? Meta { get; init; }
}

public sealed record ThreadValue
{
    public string? Id { get; init; }
    public string? Name { get; init; }
    public string? State { get; init; }
    public bool? Crashed { get; init; }
    public bool? Current { get; init; }
    public bool? Main { get; init; }
    public StackTrace? StackTrace { get; init; }
    public JsonObject? HeldLocks { get; init; }
}

/// <summary>Frames oldest first: the caller before the called.</summary>
public sealed record StackTrace
{
    public IReadOnlyList<Frame> Frames { get; init; } = [];
    public JsonObject? Registers { get; init; }
    public string? Lang { get; init; }
    public bool? Snapshot { get; init; }

    /// <summary>Start and end of frames the client left out.</summary>
    public IReadOnlyList<long>? FramesOmitted { get; init; }
}

public sealed record Frame
{
    public string? Filename { get; init; }
    public string? AbsPath { get; init; }
    public string? Module { get; init; }
    public string? Function { get; init; }
    public string? RawFunction { get; init; }
    public string? Symbol { get; init; }
    public string? Package { get; init; }
    public string? Platform { get; init; }

    /// <summary>1-based.</summary>
    public long? Line { get; init; }
    public long? Column { get; init; }

    /// <summary>Null until in-app detection has run.</summary>
    public bool? InApp { get; init; }

    public string? ContextLine { get; init; }
    public IReadOnlyList<string> PreContext { get; init; } = [];
    public IReadOnlyList<string> PostContext { get; init; } = [];
    public RawBag? Vars { get; init; }
    public string? ImageAddr { get; init; }
    public string? InstructionAddr { get; init; }
    public string? SymbolAddr { get; init; }
    public string? AddrMode { get; init; }
    public string? FunctionId { get; init; }
    public string? Trust { get; init; }
    public string? SourceLink { get; init; }
    public string? DebugId { get; init; }
    public bool? StackStart { get; init; }

    /// <summary>Index of the calling frame, where frames form a tree.</summary>
    public long? ParentIndex { get; init; }
    public long? SampleCount { get; init; }
    public JsonObject? Lock { get; init; }
    public JsonObject? Data { get; init; }
}
