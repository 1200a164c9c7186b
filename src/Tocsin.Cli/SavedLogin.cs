using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tocsin.Cli;

/// <summary>What <c>login</c> keeps for the next commands, in a file that only its owner can read.</summary>
sealed record SavedLogin(string Server, string Token, string Organization)
{
    static string FilePath =>
        Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.Create),
            "tocsin",
            "login.json"
        );

    public static SavedLogin? Read()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(FilePath), SavedLoginJson.Default.SavedLogin);
        }
        catch (Exception exception) when (exception is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public string Write()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using var file = new FileStream(FilePath, options);
        JsonSerializer.Serialize(file, this, SavedLoginJson.Default.SavedLogin);
        return FilePath;
    }
}

[JsonSerializable(typeof(SavedLogin))]
sealed partial class SavedLoginJson : JsonSerializerContext;
