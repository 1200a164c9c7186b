namespace Simulation.World;

/// <summary>A promise was broken, or the simulation itself is not what it says.</summary>
public sealed class SimulationException(string message) : Exception(message);

/// <summary>The process is gone at this very call. Whatever it still tries reaches nothing.</summary>
public sealed class CrashException() : IOException("The process is gone.");
