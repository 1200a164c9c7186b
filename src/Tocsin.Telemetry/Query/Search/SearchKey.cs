namespace Tocsin.Telemetry.Query.Search;

/// <summary>What is asked for.</summary>
public abstract record SearchKey
{
    SearchKey() { }

    /// <summary>A field's name, or a tag's where no field is called so.</summary>
    public sealed record Named(string Text) : SearchKey
    {
        public override string ToString() => Text;
    }

    /// <summary><c>tags[key]</c> or <c>tags[key,number]</c>: certainly a tag.</summary>
    public sealed record Tag(string Key, TagType Type) : SearchKey
    {
        public override string ToString() => $"tags[{Key}]";
    }

    /// <summary><c>flags["key"]</c>: a feature flag's value at the time of the event.</summary>
    public sealed record Flag(string Key) : SearchKey
    {
        public override string ToString() => $"flags[\"{Key}\"]";
    }

    /// <summary><c>p95(transaction.duration)</c>.</summary>
    public sealed record Function(string Name, IReadOnlyList<string> Arguments) : SearchKey
    {
        public bool Equals(Function? other) =>
            other is not null && Name == other.Name && Arguments.SequenceEqual(other.Arguments);

        public override int GetHashCode() => HashCode.Combine(Name, Arguments.Count);

        public override string ToString() => $"{Name}({string.Join(",", Arguments)})";
    }
}

public enum TagType
{
    Text,
    Number,
    Boolean,
}
