using System.Runtime.InteropServices;
using Tocsin.Server.Hosting;

namespace Server.Tests.Hosting;

/// <summary>
/// Asked page by page, as the process as a whole grows and shrinks by what other tests do. Of memory that is freed and not let go every page
/// stays: with an empty <see cref="NativeHeap.LetGo"/> the test fails.
/// </summary>
public sealed unsafe partial class NativeHeapTests
{
    /// <summary>Small enough to come from a heap; larger ones are mapped one by one, and unmapped when they are freed.</summary>
    const int BlockBytes = 64 * 1024;
    const int Blocks = 256;

    /// <summary>One of so many stays, so that nothing free lies at a heap's end, from where it would go by itself.</summary>
    const int OneStaysOf = 8;

    [Fact]
    public void What_libraries_have_freed_goes_back_to_the_system()
    {
        Assert.SkipUnless(NativeLibrary.TryLoad("libc.so.6", out _), "glibc alone keeps what is freed");
        Assert.SkipUnless(SystemKnowsWhatIsThere(), "this system says of every page that it is there");
        var blocks = Enumerable.Range(0, Blocks).Select(_ => Written()).ToList();
        var (staying, freed) = (
            blocks.Where((_, i) => i % OneStaysOf == 0),
            blocks.Where((_, i) => i % OneStaysOf != 0).ToList()
        );
        var written = freed.Sum(block => PagesThere(block, BlockBytes));
        written.ShouldBeGreaterThan(freed.Count);

        freed.ForEach(Free);
        NativeHeap.LetGo();

        freed.Sum(block => PagesThere(block, BlockBytes)).ShouldBeLessThan(written / 2);
        staying.Sum(block => PagesThere(block, BlockBytes)).ShouldBeGreaterThan(0);
        staying.ToList().ForEach(Free);
    }

    static nint Written()
    {
        var block = NativeMemory.Alloc(BlockBytes);
        NativeMemory.Fill(block, BlockBytes, 1);
        return (nint)block;
    }

    static void Free(nint block) => NativeMemory.Free((void*)block);

    /// <summary>Some sandboxes' kernels answer the same whatever is asked. What was never written is not there.</summary>
    static bool SystemKnowsWhatIsThere()
    {
        const int Untouched = 64 << 20;
        var block = (nint)NativeMemory.Alloc(Untouched);
        var there = PagesThere(block, Untouched);
        Free(block);
        return there < Untouched / Environment.SystemPageSize / 2;
    }

    /// <summary>Of those that lie wholly in the block. What is not mapped any more is not there either.</summary>
    static int PagesThere(nint block, int bytes)
    {
        var page = Environment.SystemPageSize;
        var from = (block + page - 1) / page * page;
        var there = new byte[(block + bytes - from) / page];
        return InCore(from, (nuint)(there.Length * page), there) == 0 ? there.Count(one => (one & 1) == 1) : 0;
    }

    [LibraryImport("libc", EntryPoint = "mincore")]
    private static partial int InCore(nint address, nuint length, [Out] byte[] there);
}
