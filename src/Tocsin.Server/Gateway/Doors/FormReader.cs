using Tocsin.Protocol;
using Tocsin.Protocol.Crashes;
using Tocsin.Server.Gateway.Bodies;

namespace Tocsin.Server.Gateway.Doors;

/// <summary>A form with files. It is framed as it is decoded, so that a client hears of a broken one while it can still send it again.</summary>
sealed class FormReader : PlainReader
{
    static readonly Refusal Invalid = new(400, "invalid multipart data", "invalid_multipart");

    readonly MultipartFramer? framer;

    /// <param name="keeps">See <see cref="MultipartFramer"/>.</param>
    public FormReader(string? contentType, Func<string, int> keeps) =>
        framer = FormType.Boundary(contentType) is { } boundary ? new(boundary, keeps) : null;

    public IReadOnlyList<FormPart> Parts => framer?.Parts ?? [];

    /// <summary>Some byte came.</summary>
    public bool Anything { get; private set; }

    public override Refusal? Take(ReadOnlySpan<byte> piece)
    {
        Anything |= !piece.IsEmpty;
        return framer?.Feed(piece) == true ? null : Invalid;
    }

    public override Refusal? Complete() => !Anything || framer?.Finish() == true ? null : Invalid;
}
