namespace Tocsin.Server.Payloads;

/// <summary>What is spent on compressing a closed day. The bytes are read alike.</summary>
enum PackingEffort
{
    /// <summary>Some 40 MB a second.</summary>
    Quick,

    /// <summary>Some 4 MB a second, for a twentieth less.</summary>
    Thorough,
}
