using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Tocsin.Server.Api;

/// <summary>Written with names like <c>span_id</c>, as Sentry writes everything about traces.</summary>
[AttributeUsage(AttributeTargets.Class)]
sealed class SnakeCaseAttribute : Attribute
{
    public static void Rename(JsonTypeInfo type)
    {
        if (!type.Type.IsDefined(typeof(SnakeCaseAttribute), false))
        {
            return;
        }
        foreach (var property in type.Properties)
        {
            if (
                property.AttributeProvider is MemberInfo member
                && !member.IsDefined(typeof(JsonPropertyNameAttribute), inherit: true)
            )
            {
                property.Name = JsonNamingPolicy.SnakeCaseLower.ConvertName(member.Name);
            }
        }
    }
}
