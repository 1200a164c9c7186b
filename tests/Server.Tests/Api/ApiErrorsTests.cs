using System.Data.Common;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Tocsin.Server.Api;

namespace Server.Tests.Api;

public class ApiErrorsTests
{
    [Fact]
    public async Task A_text_that_PostgreSQL_cannot_hold_is_the_callers_mistake()
    {
        using var answer = new MemoryStream();
        var context = new DefaultHttpContext { Request = { Path = "/api/0/organizations/" }, Response = { Body = answer } };

        await new ApiErrors(_ => throw new NullCharacterException(), NullLogger<ApiErrors>.Instance).InvokeAsync(context);

        context.Response.StatusCode.ShouldBe(400);
        Encoding.UTF8.GetString(answer.ToArray()).ShouldBe("""{"detail":"Null characters are not allowed."}""");
    }

    /// <summary>As the database's own: 22021 is "character not in repertoire".</summary>
    sealed class NullCharacterException : DbException
    {
        public override string? SqlState => "22021";
    }
}
