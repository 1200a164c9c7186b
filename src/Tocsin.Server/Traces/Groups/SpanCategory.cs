namespace Tocsin.Server.Traces.Groups;

/// <summary>What kind of work a span is, by its op.</summary>
static class SpanCategory
{
    public const string Db = "db";
    public const string Http = "http";
    public const string Cache = "cache";
    public const string Queue = "queue";
    public const string Resource = "resource";
    public const string File = "file";
    public const string GraphQl = "graphql";
    public const string Template = "template";

    /// <summary>Null for <c>default</c>, which says nothing.</summary>
    public static string? Of(string op)
    {
        if (op is "default" or "")
        {
            return null;
        }
        var dot = op.IndexOf('.', StringComparison.Ordinal);
        var head = dot < 0 ? op : op[..dot];
        return head switch
        {
            "db" or "mongodb" or "elasticsearch" => Db,
            "redis" or "memcached" => dot < 0 || head == "redis" ? Db : Cache,
            "http" => Http,
            "cache" => Cache,
            "queue" or "messaging" or "message" or "kafka" or "rabbitmq" or "celery" or "sqs" => Queue,
            "resource" => Resource,
            "file" => File,
            "graphql" => GraphQl,
            "template" or "view" => Template,
            "pageload" or "navigation" or "paint" or "mark" or "measure" => "browser",
            _ => head.Length <= 40 ? head : null,
        };
    }
}
