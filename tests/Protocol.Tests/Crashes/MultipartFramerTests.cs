using System.Text;
using Protocol.Tests.Samples;
using Tocsin.Protocol.Crashes;

namespace Protocol.Tests.Crashes;

public class MultipartFramerTests
{
    const string Body =
        "preamble\r\n--b\r\nContent-Disposition: form-data; name=\"sentry[tags][a]\"\r\n\r\none\r\n--not\r\n--\r\n"
        + "--b \t\r\ncontent-disposition:form-data;filename=x.dmp;name=plain\r\nContent-Type: text/plain\r\n\r\n\r\n"
        + "--b\r\nX: y\r\nContent-Disposition: form-data; name=\"a;\\\"b\\\"\"; filename=\"C:\\dir\\f\"\r\n\r\n\0\r\n\r\n--b\r\n\r\nnameless\r\n--b--\r\nepilogue";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1000)]
    public void Parts_are_found_in_whatever_pieces_the_body_arrives(int size)
    {
        var framer = new MultipartFramer("b", _ => 100);
        foreach (var piece in Encoding.UTF8.GetBytes(Body).Chunk(size))
        {
            framer.Feed(piece).ShouldBeTrue();
        }

        framer.Finish().ShouldBeTrue();
        framer
            .Parts.Select(part => (part.Name, part.Filename, Encoding.UTF8.GetString(part.Start)))
            .ShouldBe([
                ("sentry[tags][a]", null, "one\r\n--not\r\n--"),
                ("plain", "x.dmp", ""),
                ("a;\"b\"", "C:\\dir\\f", "\0\r\n"),
                ("", null, "nameless"),
            ]);
    }

    [Fact]
    public void Of_a_part_only_the_beginning_is_kept()
    {
        var framer = new MultipartFramer("b", name => name == "dump" ? 5 : 0);
        foreach (var name in (string[])["dump", "log"])
        {
            framer.Feed(Encoding.UTF8.GetBytes($"\r\n--b\r\nContent-Disposition: form-data; name={name}\r\n\r\n"));
            for (var i = 0; i < 1000; i++)
            {
                framer.Feed("0123456789"u8);
            }
        }
        framer.Feed("\r\n--b--"u8);

        framer.Finish().ShouldBeTrue();
        framer
            .Parts.Select(part => (part.Length, Encoding.UTF8.GetString(part.Start), part.IsWhole))
            .ShouldBe([(10_000, "01234", false), (10_000, "", false)]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no boundary at all")]
    [InlineData("--b\r\n\r\nx")]
    [InlineData("--b\r\n\r\nx\r\n--b")]
    [InlineData("--b\r\n\r\nx\r\n--b-")]
    [InlineData("--bc\r\n\r\nx\r\n--bc--")]
    [InlineData("x--b\r\n\r\nx--b--")]
    public void What_does_not_come_to_its_last_boundary_is_no_form(string body)
    {
        var framer = new MultipartFramer("b", _ => 100);
        (framer.Feed(Encoding.UTF8.GetBytes(body)) && framer.Finish()).ShouldBeFalse();
    }

    [Fact]
    public void A_header_without_end_and_parts_without_end_are_refused()
    {
        var header = new MultipartFramer("b", _ => 100);
        header.Feed("--b\r\n"u8).ShouldBeTrue();
        header.Feed(new byte[10_000]).ShouldBeFalse();

        var parts = new MultipartFramer("b", _ => 100);
        var fed = true;
        for (var i = 0; i < 1001; i++)
        {
            fed &= parts.Feed("--b\r\n\r\n\r\n"u8);
        }
        fed.ShouldBeFalse();
        parts.Feed("--b--"u8).ShouldBeFalse();
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=abc", "abc")]
    [InlineData("Multipart/Form-Data;charset=utf-8; Boundary=\"a b;c\"", "a b;c")]
    [InlineData("multipart/form-data;boundary=abc; x=y", "abc")]
    [InlineData("multipart/form-data; boundary=", null)]
    [InlineData("multipart/form-data", null)]
    [InlineData("application/x-dmp; boundary=abc", null)]
    [InlineData(null, null)]
    public void The_content_type_names_the_boundary(string? contentType, string? boundary) =>
        FormType.Boundary(contentType).ShouldBe(boundary);

    [Fact]
    public void The_dump_of_every_captured_form_is_found()
    {
        var forms = Capture.OfKind("minidump").Where(capture => FormType.IsForm(capture.Headers["content-type"])).ToList();
        foreach (var capture in forms)
        {
            var framer = new MultipartFramer(FormType.Boundary(capture.Headers["content-type"])!, MinidumpForm.Keeps);
            foreach (var piece in capture.Body().Chunk(4096))
            {
                framer.Feed(piece).ShouldBeTrue();
            }
            framer.Finish().ShouldBeTrue();
            var dump = MinidumpForm.FindDump(framer.Parts).ShouldNotBeNull();
            (Minidump.IsDump(dump.Start) || Minidump.IsGzip(dump.Start)).ShouldBeTrue();
            dump.Length.ShouldBeGreaterThan(10_000);
        }
        forms.Count.ShouldBe(4);
    }
}
