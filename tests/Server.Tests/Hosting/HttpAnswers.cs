using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Server.Tests.Hosting;

/// <summary>Reading answers in tests: the status is always checked, and its body shown when it is another.</summary>
static class HttpAnswers
{
    public static async Task<JsonElement> JsonAsync(
        this Task<HttpResponseMessage> sent,
        HttpStatusCode expected = HttpStatusCode.OK
    )
    {
        using var response = await sent;
        var body = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(expected, body);
        return body.Length == 0 ? default : JsonDocument.Parse(body).RootElement;
    }

    public static Task<JsonElement> GetJsonAsync(
        this HttpClient client,
        string path,
        HttpStatusCode expected = HttpStatusCode.OK
    ) => client.GetAsync(path).JsonAsync(expected);

    public static Task<JsonElement> PostJsonAsync(
        this HttpClient client,
        string path,
        object body,
        HttpStatusCode expected = HttpStatusCode.OK
    ) => HttpClientJsonExtensions.PostAsJsonAsync(client, path, body).JsonAsync(expected);

    public static Task<JsonElement> PutJsonAsync(
        this HttpClient client,
        string path,
        object body,
        HttpStatusCode expected = HttpStatusCode.OK
    ) => HttpClientJsonExtensions.PutAsJsonAsync(client, path, body).JsonAsync(expected);

    public static Task<JsonElement> DeleteJsonAsync(this HttpClient client, string path, HttpStatusCode expected) =>
        client.DeleteAsync(path).JsonAsync(expected);

    public static string Text(this JsonElement element, string property) => element.GetProperty(property).GetString()!;
}
