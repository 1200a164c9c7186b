using System.Buffers;
using System.Net;
using System.Text;
using Tocsin.Protocol;
using Tocsin.Server.Gateway;

namespace Server.Tests.Gateway;

public sealed class ReceiptFormatTests
{
    static readonly Receipt Full = new()
    {
        Door = Door.Otlp,
        ProjectId = 42,
        KeyId = 7,
        Received = 1_800_000_000_000_001,
        EventId = EventId.From(0x0123456789ABCDEF, -2),
        Encoding = "gzip, br",
        ContentType = "application/x-protobuf",
        Path = "integration/otlp/v1/traces",
        Parameters = new Dictionary<string, string> { ["sentry_release"] = "web@3 \"x\"" },
        Client = "sentry.php/4.29.0",
        RemoteAddress = IPAddress.Parse("2001:db8::1"),
        UserAgent = "Mozilla/5.0 (Größe)",
        Origin = "https://shop.example",
        ClientHints = new Dictionary<string, string> { ["sec-ch-ua-platform"] = "\"Linux\"" },
        Refused = [0, 3],
        ReplayOf = 99,
    };

    [Fact]
    public void A_receipt_comes_back_with_every_field_and_its_body()
    {
        var body = new byte[100_000];
        Random.Shared.NextBytes(body);

        var (receipt, read) = ReceiptFormat.Read(ReceiptFormat.Write(Full, new(body)).ToArray());

        ShouldBeEqual(receipt, Full);
        read.ToArray().ShouldBe(body);
    }

    [Fact]
    public void Fields_without_a_value_come_back_without_one()
    {
        var plain = new Receipt
        {
            Door = Door.Envelope,
            ProjectId = 1,
            Received = 0,
        };

        var (receipt, body) = ReceiptFormat.Read(ReceiptFormat.Write(plain, ReadOnlySequence<byte>.Empty).ToArray());

        ShouldBeEqual(receipt, plain);
        body.Length.ShouldBe(0);
    }

    [Fact]
    public void A_receipt_of_a_later_release_is_read_without_its_new_fields()
    {
        var head = """{"door":1,"projectId":5,"received":9,"encoding":"","refused":[],"weather":{"wind":3}}"""u8;
        byte[] record = [1, (byte)head.Length, 0, 0, 0, .. head, .. "body"u8];

        var (receipt, body) = ReceiptFormat.Read(record);

        receipt.ProjectId.ShouldBe(5);
        Encoding.UTF8.GetString(body.Span).ShouldBe("body");
    }

    [Theory]
    [InlineData("")]
    [InlineData("01")]
    [InlineData("02000000007B7D")]
    [InlineData("01FFFFFFFF7B7D")]
    [InlineData("01FFFFFF007B7D")]
    [InlineData("01020000007B7B")]
    [InlineData("01040000006E756C6C")]
    [InlineData("01020000007B7D")]
    public void A_record_that_is_no_receipt_is_told(string hex) =>
        Should.Throw<InvalidDataException>(() => ReceiptFormat.Read(Convert.FromHexString(hex)));

    /// <summary>Collections of a record are compared by what they hold.</summary>
    static void ShouldBeEqual(Receipt receipt, Receipt expected)
    {
        receipt.Refused.ShouldBe(expected.Refused);
        receipt.Parameters.ShouldBe(expected.Parameters);
        receipt.ClientHints.ShouldBe(expected.ClientHints);
        var comparable = receipt with
        {
            Refused = expected.Refused,
            Parameters = expected.Parameters,
            ClientHints = expected.ClientHints,
        };
        comparable.ShouldBe(expected);
    }
}
