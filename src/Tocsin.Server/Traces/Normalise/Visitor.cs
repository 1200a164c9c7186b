using Tocsin.Server.Countries;

namespace Tocsin.Server.Traces.Normalise;

/// <summary>What the connection tells of who uses the program; null where the client does not let us take it so.</summary>
/// <param name="KeepsAddress">Whether the project stores addresses at all.</param>
/// <param name="Countries">Of addresses, whether they are kept or not.</param>
sealed record Visitor(string? Address, string? UserAgent, bool KeepsAddress, CountryTable Countries);
