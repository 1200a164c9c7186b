using System.Globalization;

namespace Bench.Load;

/// <summary>What <c>load</c> is told on its command line. Issues: variants among the errors; mix: <c>mixed</c>, <c>errors</c> or <c>spans</c>.</summary>
sealed record LoadOptions
{
    public int Rounds { get; init; } = 11;
    public int Seconds { get; init; } = 10;
    public int Issues { get; init; } = 10_000;
    public int Connections { get; init; } = 64;

    /// <summary>Different bodies; each send also has an id, a user and an issue of its own.</summary>
    public int Bodies { get; init; } = 4_000;

    /// <summary>Arrivals per second of the open loop.</summary>
    public int Rate { get; init; } = 2_000;
    public string Mix { get; init; } = "mixed";

    /// <summary>Null: one that is thrown away.</summary>
    public string? Data { get; init; }

    /// <param name="arguments">Names and values in turn.</param>
    /// <param name="usual">What holds where they say nothing; null: what the load has.</param>
    public static LoadOptions Read(IReadOnlyList<string> arguments, LoadOptions? usual = null)
    {
        var options = usual ?? new();
        for (var i = 0; i + 1 < arguments.Count; i += 2)
        {
            var value = arguments[i + 1];
            options = arguments[i] switch
            {
                "--rounds" => options with { Rounds = Number(value) },
                "--seconds" => options with { Seconds = Number(value) },
                "--issues" => options with { Issues = Number(value) },
                "--connections" => options with { Connections = Number(value) },
                "--bodies" => options with { Bodies = Number(value) },
                "--rate" => options with { Rate = Number(value) },
                "--mix" => options with { Mix = value },
                "--data" => options with { Data = value },
                var unknown => throw new ArgumentException($"{unknown} is not an option of load."),
            };
        }
        return options;
    }

    static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
