using System.Text.Json;

namespace Scenarios.Tracing;

/// <summary>A trace as the API tells it, read as a tree.</summary>
sealed class SpanTree(JsonElement trace)
{
    readonly List<JsonElement> spans = [.. trace.GetProperty("spans").EnumerateArray()];

    public JsonElement Trace => trace;
    public IReadOnlyList<JsonElement> Spans => spans;
    public IEnumerable<JsonElement> Errors => trace.GetProperty("errors").EnumerateArray();

    public IEnumerable<JsonElement> ChildrenOf(JsonElement span) =>
        spans.Where(child => child.Text("parent_span_id") == span.Text("span_id"));

    /// <summary>The only span for which it holds.</summary>
    public JsonElement The(string what, Func<JsonElement, bool> holds)
    {
        var found = spans.Where(holds).ToList();
        found.Count.ShouldBe(1, $"{what}\n{this}");
        return found[0];
    }

    /// <summary>From the root to the span.</summary>
    public IReadOnlyList<JsonElement> PathTo(JsonElement span)
    {
        var path = new List<JsonElement> { span };
        while (
            spans.Find(parent => parent.Text("span_id") == path[0].Text("parent_span_id"))
                is { ValueKind: JsonValueKind.Object } parent
        )
        {
            path.Insert(0, parent);
        }
        return path;
    }

    public override string ToString() =>
        string.Join(
            '\n',
            spans.Select(span => $"{new string(' ', PathTo(span).Count * 2)}{span.Text("op")} {span.Text("description")}")
        );
}
