using System.Diagnostics.CodeAnalysis;
using static Tocsin.Telemetry.Query.FieldType;

namespace Tocsin.Telemetry.Query;

/// <summary>What can be asked of a dataset, by the names that Sentry's API uses.</summary>
public sealed partial class FieldTable
{
    readonly Dictionary<string, DatasetField> fields;

    FieldTable(params IEnumerable<DatasetField> fields) =>
        this.fields = fields.ToDictionary(field => field.Name, StringComparer.Ordinal);

    public IReadOnlyCollection<DatasetField> Fields => fields.Values;

    public bool TryFind(string name, [NotNullWhen(true)] out DatasetField? field) => fields.TryGetValue(name, out field);

    /// <exception cref="TelemetryQueryException">The dataset has no such field.</exception>
    public DatasetField this[string name] =>
        TryFind(name, out var field) ? field : throw new TelemetryQueryException($"There is no field named \"{name}\" here.");

    public static FieldTable Events { get; } =
        new(
            Column("id", Id, "event_id"),
            Column("project.id", Number, "project_id"),
            Column("issue.id", Number, "issue_id"),
            Column("timestamp", Time, "timestamp"),
            Column("received", Time, "received"),
            Column("type", Text, "type"),
            Column("level", Text, "level"),
            Column("platform", Text, "platform"),
            Column("environment", Text, "environment"),
            Column("release", Text, "release"),
            Column("dist", Text, "dist"),
            Column("transaction", Text, "transaction_name"),
            Column("title", Text, "title"),
            Column("culprit", Text, "culprit"),
            Column("message", Text, "message"),
            Column("error.type", Text, "error_type"),
            Column("error.value", Text, "error_value"),
            Column("error.handled", FieldType.Boolean, "handled"),
            Column("logger", Text, "logger"),
            Column("server_name", Text, "server_name"),
            Column("url", Text, "url"),
            Column("user", Text, "user_key"),
            Column("user.id", Text, "user_id"),
            Column("user.email", Text, "user_email"),
            Column("user.username", Text, "user_name"),
            Column("user.ip", Text, "user_ip"),
            new("user.display", Text)
            {
                Column = "user_email",
                Others = ["user_name", "user_id", "user_ip", "user_key"],
                Sql = "coalesce(user_email, user_name, user_id, user_ip, substr(user_key, strpos(user_key, ':') + 1))",
            },
            Column("sdk.name", Text, "sdk_name"),
            Column("sdk.version", Text, "sdk_version"),
            Column("trace", Id, "trace_id"),
            Column("span", SpanId, "span_id"),
            Column("tags", Text, "tags"),
            Column("payload.segment", Number, "payload_segment"),
            Column("payload.offset", Number, "payload_offset"),
            Column("payload.length", Number, "payload_length"),
            Column("stack.filename", Names, "stack_files"),
            new("stack.abs_path", Names)
            {
                Column = "stack_paths",
                Others = ["stack_files"],
                Sql = "coalesce(stack_paths, stack_files)",
            },
            Column("stack.function", Names, "stack_functions"),
            Column("stack.module", Names, "stack_modules"),
            new("handled", Text) { Column = "handled", Sql = "CASE WHEN handled THEN 'yes' WHEN NOT handled THEN 'no' END" }
        );

    public static FieldTable EventTags { get; } =
        new([.. Events.Fields, Column(TagKey, Text, "tag_key"), Column(TagValue, Text, "tag_value")]);

    public static FieldTable Outcomes { get; } =
        new(
            Column("timestamp", Time, "timestamp"),
            Column("organization.id", Number, "organization_id"),
            Column("project.id", Number, "project_id"),
            Column("key.id", Number, "key_id"),
            Column("outcome", Number, "outcome"),
            Column("reason", Text, "reason"),
            Column("category", Text, "category"),
            Column("quantity", Number, "quantity")
        );

    internal const string TagKey = "tag.key";
    internal const string TagValue = "tag.value";

    /// <summary>Tags that are columns: the tag's key is the field's name too.</summary>
    public static IReadOnlyList<string> PromotedTags { get; } =
    ["level", "environment", "release", "dist", "user", "transaction", "logger", "server_name", "url", "handled"];

    /// <summary>The column whose JSON object holds what has no column of its own.</summary>
    internal string TagColumn { get; private init; } = "tags";

    /// <summary>The column that says how many rows of the client one row stands for; null where each stands for itself.</summary>
    internal string? WeightColumn { get; private init; }

    /// <summary>Whether a tag may be a number, and is compared as one where the search does.</summary>
    internal bool HasTypedTags { get; private init; }

    /// <summary>Where words without a key are looked for: in what a reader of the row would call its text.</summary>
    internal IReadOnlyList<string> Prose { get; private init; } = ["message", "title", "error.value", "culprit", "transaction"];

    /// <summary>Names that are no fields of their own but stand for another name.</summary>
    IReadOnlyDictionary<string, string> Aliases { get; init; } = new Dictionary<string, string>();

    Func<DatasetField, bool> IsTag { get; init; } = field => PromotedTags.Contains(field.Name, StringComparer.Ordinal);

    /// <summary>Null, or the field that is the tag of this key.</summary>
    internal DatasetField? FieldOfTag(string key) => TryFind(key, out var field) && IsTag(field) ? field : null;

    public static FieldTable For(Dataset dataset) =>
        dataset switch
        {
            Dataset.Events => Events,
            Dataset.EventTags => EventTags,
            Dataset.Spans => Spans,
            _ => Outcomes,
        };

    static DatasetField Column(string name, FieldType type, string column) => new(name, type) { Column = column };
}
