using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Tocsin.Server.Gateway;

/// <summary>gRPC's answers: always 200, and how it went in the trailers.</summary>
static class GrpcAnswers
{
    public const string ContentType = "application/grpc";

    /// <summary>Of a message: one byte for compression, four for the length.</summary>
    public const int Prefix = 5;

    public static async Task SucceedAsync(HttpResponse response, byte[] message)
    {
        response.ContentType = ContentType;
        response.AppendTrailer("grpc-status", "0");
        var framed = new byte[Prefix + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), message.Length);
        message.CopyTo(framed, Prefix);
        await response.BodyWriter.WriteAsync(framed);
    }

    /// <param name="details"><c>google.rpc.Status</c></param>
    public static async Task FailAsync(HttpResponse response, int code, string message, byte[] details)
    {
        response.ContentType = ContentType;
        // Without a message in the middle, what else stands in the trailers stands in the headers.
        response.Headers["grpc-accept-encoding"] = "identity,gzip,deflate,br,zstd";
        response.AppendTrailer("grpc-status", code.ToString(CultureInfo.InvariantCulture));
        response.AppendTrailer("grpc-message", Escape(message));
        response.AppendTrailer("grpc-status-details-bin", Convert.ToBase64String(details).TrimEnd('='));
        await response.StartAsync();
    }

    /// <summary>What is no visible ASCII, and the escape itself, as <c>%XX</c> of its UTF-8.</summary>
    static string Escape(string message)
    {
        var escaped = new StringBuilder(message.Length);
        foreach (var each in Encoding.UTF8.GetBytes(message))
        {
            if (each is >= (byte)' ' and <= (byte)'~' and not (byte)'%')
            {
                escaped.Append((char)each);
            }
            else
            {
                escaped.Append(CultureInfo.InvariantCulture, $"%{each:X2}");
            }
        }
        return escaped.ToString();
    }
}
