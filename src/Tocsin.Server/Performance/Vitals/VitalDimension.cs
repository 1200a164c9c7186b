using Tocsin.Server.Traces;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Performance.Vitals;

/// <summary>What page loads are told apart by.</summary>
sealed record VitalDimension(string Name, Expression Key, bool WithProject)
{
    public static IReadOnlyList<VitalDimension> All { get; } =
    [
        new("page", SpanField.Transaction, true),
        new("browser", SpanField.Of("browser.name"), false),
        new("device", SpanField.Of("device.class"), false),
        new("connection", SpanField.Of("connection"), false),
        new("country", SpanField.Of("geo.country_code"), false),
        new("release", SpanField.Release, false),
    ];

    /// <summary>Null: there is no such dimension.</summary>
    public static VitalDimension? Find(string? name) =>
        string.IsNullOrEmpty(name) ? All[0] : All.FirstOrDefault(dimension => dimension.Name == name);

    public IReadOnlyList<Expression> Keys => WithProject ? [Key, SpanField.ProjectId] : [Key];

    /// <summary>The name is empty where it was not told.</summary>
    public (string Name, long? Project) Read(Cells cells) => (cells.Text() ?? "", WithProject ? cells.Number() : null);
}
