namespace Tocsin.Server.Traces.Groups;

/// <summary>Which spans do the same: the description without what differs from call to call, by the rules of what the span is.</summary>
static class SpanGrouping
{
    [ThreadStatic]
    static TextBuffer? joined;

    public static SpanGroup Of(in SpanSubject span) =>
        span.Category switch
        {
            SpanCategory.Db => OfDatabase(span),
            SpanCategory.Http => OfHttp(span),
            SpanCategory.Cache => OfCache(span),
            SpanCategory.Queue => OfQueue(span),
            SpanCategory.Resource => OfResource(span),
            SpanCategory.File => OfFile(span),
            SpanCategory.GraphQl => GraphQlShape.Of(span.Description ?? "", span.Operation, span.OperationName),
            _ => span.Description is { Length: > 0 } text ? SpanGroup.Of(KeyShape.OfSentence(text)) : SpanGroup.None,
        };

    static SpanGroup OfDatabase(in SpanSubject span)
    {
        var text = span.Statement ?? span.Description ?? "";
        if (IsRedis(span))
        {
            var command = KeyShape.OfCommand(text);
            return command with { Domain = span.Server };
        }
        if (JsonShape.Of(text) is { } document)
        {
            var verb = span.Operation ?? JsonShape.FirstField(document);
            return SpanGroup.Of(Joined(span.Collection, document), span.Collection, verb);
        }
        if (IsDocumentStore(span))
        {
            return SpanGroup.Of(KeyShape.OfSentence(text), span.Collection, span.Operation);
        }
        var sql = SqlShape.Of(text, quotesAreTexts: span.DbSystem is "mysql" or "mariadb");
        return SpanGroup.Of(sql.Text, sql.Table ?? span.Collection, sql.Action ?? span.Operation?.ToUpperInvariant());
    }

    static bool IsRedis(in SpanSubject span) =>
        span.DbSystem is "redis" or "valkey" || span.Op.StartsWith("db.redis", StringComparison.Ordinal) || span.Op is "redis";

    static bool IsDocumentStore(in SpanSubject span) =>
        span.DbSystem
            is "mongodb"
                or "mongoose"
                or "elasticsearch"
                or "opensearch"
                or "couchdb"
                or "dynamodb"
                or "aws.dynamodb"
                or "cosmosdb"
                or "azure.cosmosdb"
                or "firestore"
                or "gcp.firestore"
                or "neo4j";

    static string Joined(string? collection, string document) => collection is null ? document : $"{collection} {document}";

    static SpanGroup OfHttp(in SpanSubject span)
    {
        var address = Split(span.Description, out var method);
        method = span.Method ?? method;
        var url = UrlShape.Of(span.Url ?? address);
        var host = url.Host ?? (span.Op == "http.client" && span.Server is { } server ? UrlShape.HostOf(server) : null);
        return string.IsNullOrEmpty(host) && url.Path.Length == 0
            ? SpanGroup.None
            : SpanGroup.Of(Joined(method, host, url.Path), host, method);
    }

    /// <summary><c>GET api.example.com/users/*</c></summary>
    static string Joined(string? method, string? host, string path)
    {
        var output = joined ??= new();
        output.Clear();
        if (method is not null)
        {
            output.Append(method);
            output.Append(' ');
        }
        output.Append(host);
        output.Append(path);
        return KnownTexts.Get(output.Written);
    }

    /// <summary><c>GET https://…</c>; an address alone has no method, and OpenTelemetry's <c>GET</c> or <c>HTTP GET</c> no address.</summary>
    /// <param name="method">Null: it names none.</param>
    static ReadOnlySpan<char> Split(ReadOnlySpan<char> description, out string? method)
    {
        var text = description.Trim();
        text = text.StartsWith("HTTP ") ? text["HTTP ".Length..] : text;
        var space = text.IndexOf(' ');
        var first = space < 0 ? text : text[..space];
        var isMethod = first.Length is >= 3 and <= 10 && !first.ContainsAnyExceptInRange('A', 'Z');
        method = isMethod ? KnownTexts.Get(first) : null;
        return isMethod ? text[first.Length..].Trim() : description;
    }

    static SpanGroup OfCache(in SpanSubject span)
    {
        var verb = Last(span.Op);
        return span.Description is { Length: > 0 } key
            ? SpanGroup.Of(KeyShape.OfKey(key), span.Server ?? span.DbSystem, verb)
            : new(null, span.Server ?? span.DbSystem, verb);
    }

    static SpanGroup OfQueue(in SpanSubject span)
    {
        var verb = span.Operation ?? Last(span.Op);
        var queue = span.Destination ?? span.Description;
        if (queue is not { Length: > 0 })
        {
            return new(null, null, verb);
        }
        var name = KeyShape.OfKey(queue);
        return SpanGroup.Of(span.Destination is null ? name : $"{verb} {name}", span.Destination is null ? null : name, verb);
    }

    static SpanGroup OfResource(in SpanSubject span)
    {
        if ((span.Url ?? span.Description) is not { Length: > 0 } address)
        {
            return SpanGroup.None;
        }
        var url = UrlShape.Of(address, isFile: true);
        return SpanGroup.Of((url with { Path = FileShape.Of(url.Path) }).ToString(), url.Host, Last(span.Op));
    }

    static SpanGroup OfFile(in SpanSubject span) =>
        span.Description is { Length: > 0 } path ? SpanGroup.Of(KeyShape.OfFile(path), action: Last(span.Op)) : SpanGroup.None;

    static string? Last(string op)
    {
        var dot = op.LastIndexOf('.');
        return dot < 0 ? null : op[(dot + 1)..];
    }
}
