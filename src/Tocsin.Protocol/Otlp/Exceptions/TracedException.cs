using Tocsin.Protocol.Events;

namespace Tocsin.Protocol.Otlp.Exceptions;

/// <summary>One exception of a printed stack trace. Type: null for the one that the print is about, when it does not name it.</summary>
sealed class TracedException(string? type, string? value)
{
    /// <summary>More are no program's, and nobody reads them.</summary>
    const int MostFrames = 250;

    public string? Type { get; } = type;
    public string? Value { get; } = value;

    /// <summary>In the order of the print.</summary>
    public List<Frame> Frames { get; } = [];

    public void Add(Frame frame)
    {
        if (Frames.Count < MostFrames)
        {
            Frames.Add(frame);
        }
    }

    /// <summary><c>Type: value</c></summary>
    public static TracedException Parse(ReadOnlySpan<char> header)
    {
        header = header.Trim();
        var colon = header.IndexOf(": ");
        return colon < 0
            ? new(header.TrimEnd(':').ToString(), null)
            : new(header[..colon].ToString(), header[(colon + 2)..].ToString());
    }
}
