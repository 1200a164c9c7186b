using System.Text.Json;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Events.Writing;

static class SdkWriter
{
    public static void Write(Utf8JsonWriter writer, SdkDescription sdk)
    {
        writer.WriteStartObject();
        writer.Optional("name", sdk.Name);
        writer.Optional("version", sdk.Version);
        writer.OptionalList("integrations", sdk.Integrations, static (w, name) => w.WriteStringValue(name));
        writer.OptionalList("features", sdk.Features, static (w, name) => w.WriteStringValue(name));
        writer.OptionalList("packages", sdk.Packages, WritePackage);
        writer.Optional("settings", sdk.Settings);
        writer.WriteEndObject();
    }

    static void WritePackage(Utf8JsonWriter writer, SdkPackage package)
    {
        writer.WriteStartObject();
        writer.Optional("name", package.Name);
        writer.Optional("version", package.Version);
        writer.WriteEndObject();
    }
}
