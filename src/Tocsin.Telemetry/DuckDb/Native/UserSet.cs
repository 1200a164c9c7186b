using System.Numerics;
using System.Runtime.InteropServices;

namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>
/// Distinct users, by 32 bits of a hash: kept one by one while they are few, then counted by 2^15 registers (HyperLogLog, error 0.6 %; the
/// estimate is Ertl's, "New cardinality estimation algorithms for HyperLogLog sketches", 2017). As bytes: 0 and the hashes in ascending order, or
/// 1 and the registers.
/// </summary>
unsafe struct UserSet : IGroupState<UserSet>
{
    const int MostExact = 8_192;
    const int IndexBits = 15;
    const int Registers = 1 << IndexBits;
    const int RankBits = 32 - IndexBits;

    /// <summary>Some may be there twice until they are sorted.</summary>
    uint* hashes;
    int room;
    int kept;
    byte* registers;

    public void Add(ReadOnlySpan<byte> user)
    {
        var hash = Hash(user);
        Add(new ReadOnlySpan<uint>(in hash));
    }

    public void Take(ref UserSet other)
    {
        if (kept == 0 && registers is null)
        {
            (this, other) = (other, this);
            return;
        }
        Add(new ReadOnlySpan<uint>(other.hashes, other.kept));
        if (other.registers is not null)
        {
            AddRegisters(new(other.registers, Registers));
        }
    }

    public void AddWritten(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] == 1)
        {
            AddRegisters(bytes[1..]);
        }
        else
        {
            Add(MemoryMarshal.Cast<byte, uint>(bytes[1..]));
        }
    }

    public readonly int MostBytes => 1 + (registers is null ? kept * sizeof(uint) : Registers);

    public int Write(Span<byte> target)
    {
        Sort();
        target[0] = registers is null ? (byte)0 : (byte)1;
        var bytes = registers is null
            ? MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(hashes, kept))
            : new ReadOnlySpan<byte>(registers, Registers);
        bytes.CopyTo(target[1..]);
        return 1 + bytes.Length;
    }

    /// <summary>How many users the bytes of <see cref="Write"/> tell.</summary>
    public static long Count(ReadOnlySpan<byte> bytes) =>
        bytes[0] == 0 ? (bytes.Length - 1) / sizeof(uint) : Estimate(bytes[1..]);

    public void Free()
    {
        NativeMemory.Free(hashes);
        NativeMemory.Free(registers);
        this = default;
    }

    /// <summary>FNV-1a with a last mixing; it is stored, so it must stay what it is.</summary>
    static uint Hash(ReadOnlySpan<byte> text)
    {
        var hash = 0xcbf29ce484222325;
        foreach (var letter in text)
        {
            hash = (hash ^ letter) * 0x100000001b3;
        }
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
        return (uint)(hash >> 32);
    }

    void Add(ReadOnlySpan<uint> more)
    {
        if (registers is null && kept + more.Length > room)
        {
            MakeRoom(more.Length);
        }
        if (registers is not null)
        {
            foreach (var hash in more)
            {
                Count(hash);
            }
            return;
        }
        more.CopyTo(new(hashes + kept, room - kept));
        kept += more.Length;
    }

    /// <summary>Sorted so seldom that it costs little for each.</summary>
    void MakeRoom(int more)
    {
        Sort();
        if (kept > MostExact)
        {
            BecomeRegisters();
        }
        else if (kept + more > room / 2)
        {
            room = 2 * (kept + more);
            hashes = (uint*)NativeMemory.Realloc(hashes, (nuint)room * sizeof(uint));
        }
    }

    void Sort()
    {
        HashSorting.Sort(hashes, kept);
        var all = new ReadOnlySpan<uint>(hashes, kept);
        kept = 0;
        foreach (var hash in all)
        {
            if (kept == 0 || hashes[kept - 1] != hash)
            {
                hashes[kept++] = hash;
            }
        }
    }

    void BecomeRegisters()
    {
        registers = (byte*)NativeMemory.AllocZeroed(Registers);
        foreach (var hash in new ReadOnlySpan<uint>(hashes, kept))
        {
            Count(hash);
        }
        NativeMemory.Free(hashes);
        hashes = null;
        (kept, room) = (0, 0);
    }

    readonly void Count(uint hash)
    {
        var rank = (byte)(Math.Min(BitOperations.LeadingZeroCount(hash << IndexBits), RankBits) + 1);
        var register = registers + (hash >> RankBits);
        *register = Math.Max(*register, rank);
    }

    void AddRegisters(ReadOnlySpan<byte> others)
    {
        if (registers is null)
        {
            BecomeRegisters();
        }
        for (var at = 0; at < Registers; at++)
        {
            registers[at] = Math.Max(registers[at], others[at]);
        }
    }

    static long Estimate(ReadOnlySpan<byte> registers)
    {
        Span<int> ranks = stackalloc int[RankBits + 2];
        ranks.Clear();
        foreach (var rank in registers)
        {
            ranks[rank]++;
        }
        var sum = Registers * Tau(1 - ((double)ranks[RankBits + 1] / Registers));
        for (var rank = RankBits; rank > 0; rank--)
        {
            sum = 0.5 * (sum + ranks[rank]);
        }
        sum += Registers * Sigma((double)ranks[0] / Registers);
        return (long)Math.Round(Registers / (2 * Math.Log(2)) * Registers / sum);
    }

    static double Sigma(double x)
    {
        if (x >= 1)
        {
            return double.PositiveInfinity;
        }
        var (y, z, before) = (1.0, x, double.NaN);
        while (z != before)
        {
            x *= x;
            before = z;
            z += x * y;
            y += y;
        }
        return z;
    }

    static double Tau(double x)
    {
        if (x is 0 or 1)
        {
            return 0;
        }
        var (y, z, before) = (1.0, 1 - x, double.NaN);
        while (z != before)
        {
            x = Math.Sqrt(x);
            before = z;
            y *= 0.5;
            z -= (1 - x) * (1 - x) * y;
        }
        return z / 3;
    }
}
