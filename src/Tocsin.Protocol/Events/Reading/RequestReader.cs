using System.Text.Json;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Events.Reading;

/// <summary><c>request</c>. Query and fragment that stand in the URL move to their fields.</summary>
static class RequestReader
{
    public static EventRequest? Read(ref JsonCursor cursor)
    {
        if (!cursor.OpenObject())
        {
            return null;
        }
        var request = new EventRequest();
        while (cursor.NextProperty())
        {
            request = cursor.Name switch
            {
                "method" => request with { Method = cursor.Text() },
                "url" => request with { Url = cursor.Text() },
                "query_string" => request with { Query = ReadQuery(ref cursor) },
                "fragment" => request with { Fragment = cursor.Text() },
                "headers" => request with { Headers = PairList.Read(ref cursor) },
                "cookies" => request with { Cookies = ReadCookies(ref cursor) },
                "data" => request with { Data = cursor.Node() },
                "inferred_content_type" => request with { InferredContentType = cursor.Text() },
                "env" => request with { Env = cursor.Object() },
                "api_target" => request with { ApiTarget = cursor.Text() },
                "protocol" => request with { Protocol = cursor.Text() },
                _ => cursor.Skip(request),
            };
        }
        return Settle(request);
    }

    /// <summary>The request with its URL split; null when it says nothing.</summary>
    public static EventRequest? Settle(EventRequest request)
    {
        request = SplitUrl(request);
        return request.IsEmpty ? null : request;
    }

    static EventRequest SplitUrl(EventRequest request)
    {
        if (request.Url is not { } url || url.AsSpan().IndexOfAny('?', '#') < 0)
        {
            return request;
        }
        var hash = url.IndexOf('#', StringComparison.Ordinal);
        var fragment = hash < 0 ? null : url[(hash + 1)..];
        url = hash < 0 ? url : url[..hash];
        var mark = url.IndexOf('?', StringComparison.Ordinal);
        return request with
        {
            Url = mark < 0 ? url : url[..mark],
            Query = mark < 0 || request.Query.Count > 0 ? request.Query : QueryText.Pairs(url[(mark + 1)..]),
            Fragment = request.Fragment ?? fragment,
        };
    }

    static IReadOnlyList<NameValue> ReadQuery(ref JsonCursor cursor) =>
        cursor.Token == JsonTokenType.String ? QueryText.Pairs(cursor.Text()!) : PairList.Read(ref cursor);

    static IReadOnlyList<NameValue> ReadCookies(ref JsonCursor cursor) =>
        cursor.Token == JsonTokenType.String ? QueryText.Cookies(cursor.Text()!) : PairList.Read(ref cursor);
}
