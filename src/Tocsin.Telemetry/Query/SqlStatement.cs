namespace Tocsin.Telemetry.Query;

/// <summary>Parameters count from 1 in the text; every text a user wrote is among them, none in the text.</summary>
sealed record SqlStatement(string Text, IReadOnlyList<object> Parameters)
{
    /// <summary>Whether one more column than was asked for says if the row's aggregate is an estimate.</summary>
    public bool TellsSampled { get; init; }

    /// <summary>Whether the last column says how many groups there are.</summary>
    public bool TellsGroups { get; init; }
}
