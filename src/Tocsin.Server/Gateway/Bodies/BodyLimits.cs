namespace Tocsin.Server.Gateway.Bodies;

/// <summary>
/// How much of a body is read. A body may be compressed as well as it likes up to <see cref="RatioFrom"/> bytes of output;
/// beyond, its output may be at most <see cref="Ratio"/> times what was received so far: no client's JSON comes near it, a bomb
/// is stopped after a megabyte.
/// </summary>
/// <param name="Compressed">Most bytes received of a body with a content encoding.</param>
/// <param name="Inflated">Most bytes after decoding, of each layer; also the most received of a plain body.</param>
/// <param name="Type">What a refusal calls it.</param>
sealed record BodyLimits(long Compressed, long Inflated, int Ratio = 200, long RatioFrom = 1 << 20, string Type = "envelope")
{
    public bool Allows(long received, long inflated) =>
        inflated <= Inflated && (inflated <= RatioFrom || inflated / Ratio <= received);
}
