using System.Text.Json;
using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;

namespace Tocsin.Protocol.Json;

/// <summary>Properties that are left out when there is nothing to say.</summary>
static class OptionalProperties
{
    extension(Utf8JsonWriter writer)
    {
        public void Optional(string name, string? value)
        {
            if (value is not null)
            {
                writer.WriteString(name, value);
            }
        }

        public void Optional(string name, long? value)
        {
            if (value is { } number)
            {
                writer.WriteNumber(name, number);
            }
        }

        public void Optional(string name, bool? value)
        {
            if (value is { } flag)
            {
                writer.WriteBoolean(name, flag);
            }
        }

        public void Optional(string name, DateTimeOffset? value)
        {
            if (value is { } time)
            {
                writer.WriteString(name, Timestamp.Format(time, stackalloc char[Timestamp.FormattedLength + 1]));
            }
        }

        public void Optional(string name, JsonNode? value)
        {
            if (value is not null)
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }
        }

        public void OptionalList<T>(string name, IReadOnlyList<T>? values, Action<Utf8JsonWriter, T> write)
        {
            if (values is { Count: > 0 })
            {
                writer.WritePropertyName(name);
                writer.List(values, write);
            }
        }

        public void Optional(JsonEncodedText name, string? value)
        {
            if (value is not null)
            {
                writer.WriteString(name, value);
            }
        }

        public void Optional(JsonEncodedText name, long? value)
        {
            if (value is { } number)
            {
                writer.WriteNumber(name, number);
            }
        }

        public void Optional(JsonEncodedText name, bool? value)
        {
            if (value is { } flag)
            {
                writer.WriteBoolean(name, flag);
            }
        }

        public void Optional(JsonEncodedText name, DateTimeOffset? value)
        {
            if (value is { } time)
            {
                writer.WriteString(name, Timestamp.Format(time, stackalloc char[Timestamp.FormattedLength + 1]));
            }
        }

        public void Optional(JsonEncodedText name, JsonNode? value)
        {
            if (value is not null)
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }
        }

        public void Optional(JsonEncodedText name, RawBag? value)
        {
            if (value is not null)
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(value.Text.Span, skipInputValidation: true);
            }
        }

        public void OptionalList<T>(JsonEncodedText name, IReadOnlyList<T>? values, Action<Utf8JsonWriter, T> write)
        {
            if (values is { Count: > 0 })
            {
                writer.WritePropertyName(name);
                writer.List(values, write);
            }
        }

        /// <summary><c>{"values": […]}</c></summary>
        public void OptionalValues<T>(string name, IReadOnlyList<T> values, Action<Utf8JsonWriter, T> write)
        {
            if (values.Count > 0)
            {
                writer.WriteStartObject(name);
                writer.WritePropertyName("values");
                writer.List(values, write);
                writer.WriteEndObject();
            }
        }

        public void OptionalObject<T>(string name, T? value, Action<Utf8JsonWriter, T> write)
            where T : class
        {
            if (value is not null)
            {
                writer.WritePropertyName(name);
                write(writer, value);
            }
        }

        void List<T>(IReadOnlyList<T> values, Action<Utf8JsonWriter, T> write)
        {
            writer.WriteStartArray();
            // By index: an enumerator would be an object for each list, and each frame has two.
            for (var i = 0; i < values.Count; i++)
            {
                write(writer, values[i]);
            }
            writer.WriteEndArray();
        }
    }
}
