namespace Tocsin.Telemetry;

/// <summary>What is kept for a time of its own.</summary>
[Flags]
public enum RowKinds
{
    None = 0,
    Events = 1,
    Spans = 2,
    Outcomes = 4,
    All = Events | Spans | Outcomes,
}
