using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Events.Reading;

/// <summary><c>sdk</c>: in events and in the envelope header.</summary>
static class SdkReader
{
    public static SdkDescription? Read(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
        {
            return null;
        }
        var cursor = new JsonCursor(json, new FieldNotes(), stackalloc char[128]);
        return Read(ref cursor);
    }

    public static SdkDescription? Read(ref JsonCursor cursor)
    {
        if (!cursor.OpenObject())
        {
            return null;
        }
        var sdk = new SdkDescription();
        while (cursor.NextProperty())
        {
            sdk = cursor.Name switch
            {
                "name" => sdk with { Name = cursor.Text() },
                "version" => sdk with { Version = cursor.Text() },
                "integrations" => sdk with { Integrations = ElementList.ReadTexts(ref cursor) },
                "features" => sdk with { Features = ElementList.ReadTexts(ref cursor) },
                "packages" => sdk with { Packages = ElementList.Read(ref cursor, ReadPackage) },
                "settings" => sdk with { Settings = cursor.Object() },
                _ => cursor.Skip(sdk),
            };
        }
        return sdk;
    }

    static SdkPackage? ReadPackage(ref JsonCursor cursor)
    {
        if (!cursor.OpenObject())
        {
            return null;
        }
        var package = new SdkPackage(null, null);
        while (cursor.NextProperty())
        {
            package = cursor.Name switch
            {
                "name" => package with { Name = cursor.Text() },
                "version" => package with { Version = cursor.Text() },
                _ => cursor.Skip(package),
            };
        }
        return package;
    }
}
