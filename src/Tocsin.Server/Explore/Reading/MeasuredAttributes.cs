namespace Tocsin.Server.Explore.Reading;

/// <summary>Attributes of spans that are numbers whoever sends them, so that clients ask for them by their names alone.</summary>
static class MeasuredAttributes
{
    static readonly Dictionary<string, ColumnType> Types = new(StringComparer.Ordinal)
    {
        ["http.response_content_length"] = ColumnType.Size,
        ["http.decoded_response_content_length"] = ColumnType.Size,
        ["http.response_transfer_size"] = ColumnType.Size,
        ["http.request_content_length"] = ColumnType.Size,
        ["http.response.body.size"] = ColumnType.Size,
        ["http.request.body.size"] = ColumnType.Size,
        ["cache.item_size"] = ColumnType.Size,
        ["messaging.message.body.size"] = ColumnType.Size,
        ["messaging.message.receive.latency"] = ColumnType.Duration,
        ["messaging.message.retry.count"] = ColumnType.Number,
        ["gen_ai.usage.input_tokens"] = ColumnType.Number,
        ["gen_ai.usage.output_tokens"] = ColumnType.Number,
        ["gen_ai.usage.total_tokens"] = ColumnType.Number,
        ["gen_ai.usage.total_cost"] = ColumnType.Number,
        ["gen_ai.cost.total_tokens"] = ColumnType.Number,
        ["ai.total_tokens.used"] = ColumnType.Number,
        ["ai.total_cost"] = ColumnType.Number,
    };

    /// <summary>Null: what it holds only its values tell.</summary>
    public static ColumnType? TypeOf(string name) => Types.GetValueOrDefault(name);
}
