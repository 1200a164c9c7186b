using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Api;
using Tocsin.Server.Explore.Reading;
using Tocsin.Telemetry;

namespace Tocsin.Server.Explore;

/// <summary>Where a question that makes no sense becomes an answer.</summary>
static class Mistakes
{
    public static async Task<Results<T, ApiError>> ToAnswerAsync<T>(Func<Task<Results<T, ApiError>>> answer)
        where T : IResult
    {
        try
        {
            return await answer();
        }
        catch (Exception mistake) when (mistake is ExploreMistake or TelemetryQueryException)
        {
            return ApiError.BadRequest(mistake.Message);
        }
    }
}
