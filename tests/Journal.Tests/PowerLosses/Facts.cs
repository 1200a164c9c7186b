namespace Journal.Tests.PowerLosses;

/// <summary>The append of this record has returned.</summary>
sealed record Acknowledged(long Position, int Number);

/// <summary>A reader was given this record; a sink may have applied it.</summary>
sealed record Seen(long Position, int Number);

/// <summary>Nobody will ask for records below this position again.</summary>
sealed record Released(long Below);
