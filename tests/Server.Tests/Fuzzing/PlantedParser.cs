namespace Server.Tests.Fuzzing;

/// <summary>
/// A reader with a mistake behind five conditions that ordinary text does not meet. It gives no hint at which of them an input failed but by the
/// way it took, and no single mutation meets them all.
/// </summary>
static class PlantedParser
{
    public static FuzzTarget Target { get; } = new("planted", Read, () => ["<record 1/2 of>"u8.ToArray()]);

    static void Read(byte[] input)
    {
        if (input.Length < 12 || input[1] < 0x80)
        {
            return;
        }
        if (input[3] >= ' ')
        {
            return;
        }
        if (input[5] < 0x80)
        {
            return;
        }
        if (input[8] >= ' ')
        {
            return;
        }
        if (input[11] >= 0x80)
        {
            throw new InvalidOperationException("planted");
        }
    }
}
