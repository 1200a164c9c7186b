using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>The HTTP request: cookies out of their header, header names in one spelling, the body as an object where it is one.</summary>
static class Requests
{
    public static ErrorEvent Apply(ErrorEvent e, Circumstances around, NoteBook notes)
    {
        if (e.Request is not { } request)
        {
            return e;
        }
        var headers = Headers(request.Headers);
        var cookies = request.Cookies;
        if (headers.Any(header => header.Name == "Cookie"))
        {
            cookies = cookies.Count > 0 ? cookies : [.. headers.Where(header => header.Name == "Cookie").SelectMany(Cookies)];
            headers = [.. headers.Where(header => header.Name != "Cookie")];
        }
        var (body, type) = RequestBody.Read(request.Data, ContentType(headers));
        return e with
        {
            Request = request with
            {
                Method = Names.NotEmpty(request.Method?.Trim().ToUpperInvariant()) is { Length: <= 32 } method ? method : null,
                Url = Names.NotEmpty(notes.Limit(request.Url, 2048, "request.url", 40)),
                Query = Bounded(request.Query, "request.query_string", notes),
                Headers = Bounded(headers, "request.headers", notes),
                Cookies = Bounded(cookies, "request.cookies", notes),
                Data = BagLimits.Apply(body, BagLimits.Request, "request.data", notes),
                Env = BagLimits.Apply(request.Env, BagLimits.Request, "request.env", notes),
                InferredContentType = request.InferredContentType ?? type,
            },
        };
    }

    /// <summary><c>x-forwarded-for</c> becomes <c>X-Forwarded-For</c>.</summary>
    public static string TitleCase(string name)
    {
        var isRight = true;
        for (var i = 0; i < name.Length; i++)
        {
            isRight &= i == 0 || name[i - 1] == '-' ? !char.IsAsciiLetterLower(name[i]) : !char.IsAsciiLetterUpper(name[i]);
        }
        return isRight
            ? name
            : string.Create(
                name.Length,
                name,
                static (span, name) =>
                {
                    for (var i = 0; i < span.Length; i++)
                    {
                        span[i] = i == 0 || name[i - 1] == '-' ? char.ToUpperInvariant(name[i]) : char.ToLowerInvariant(name[i]);
                    }
                }
            );
    }

    static IReadOnlyList<NameValue> Headers(IReadOnlyList<NameValue> headers) =>
        [
            .. headers.Select(header =>
                TitleCase(header.Name) is var name && ReferenceEquals(name, header.Name) ? header : new(name, header.Value)
            ),
        ];

    static IEnumerable<NameValue> Cookies(NameValue header)
    {
        foreach (
            var part in (header.Value ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        )
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            yield return equals < 0 ? new(part, "") : new(part[..equals].Trim(), part[(equals + 1)..].Trim());
        }
    }

    static string? ContentType(IReadOnlyList<NameValue> headers) =>
        headers.FirstOrDefault(header => header.Name == "Content-Type")?.Value?.Split(';', 2)[0].Trim().ToLowerInvariant();

    static IReadOnlyList<NameValue> Bounded(IReadOnlyList<NameValue> pairs, string path, NoteBook notes)
    {
        var left = BagLimits.Request.Size;
        for (var i = 0; i < pairs.Count; i++)
        {
            left -= pairs[i].Name.Length + (pairs[i].Value?.Length ?? 0) + 6;
            if (left < 0)
            {
                notes.Cut(path, pairs.Sum(pair => (long)pair.Name.Length + (pair.Value?.Length ?? 0) + 6));
                return [.. pairs.Take(i)];
            }
        }
        return pairs;
    }
}
