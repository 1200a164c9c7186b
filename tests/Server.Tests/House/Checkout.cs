namespace Server.Tests.House;

/// <summary>The working tree that the tests run in.</summary>
static class Checkout
{
    public static string Root { get; } = Find();

    static string Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Tocsin.slnx")))
            {
                return directory.FullName;
            }
        }
        throw new InvalidOperationException("The tests run outside a checkout.");
    }
}
