namespace Tocsin.Protocol.Envelopes;

/// <summary>Where an item's payload lies, in bytes of the inflated body.</summary>
public sealed record ItemFrame(ItemHeader Header, long Offset, long Length);
