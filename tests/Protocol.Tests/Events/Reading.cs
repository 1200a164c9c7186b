using System.Text;
using Tocsin.Protocol;
using Tocsin.Protocol.Events;

namespace Protocol.Tests.Events;

/// <summary>Reads events that the tests spell as JSON.</summary>
static class Reading
{
    public static ErrorEvent Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    public static ErrorEvent Read(byte[] json)
    {
        EventReader.TryRead(json, out var read, out var refusal).ShouldBeTrue(refusal?.Message);
        return read;
    }

    public static Refusal Refused(string json)
    {
        EventReader.TryRead(Encoding.UTF8.GetBytes(json), out _, out var refusal).ShouldBeFalse();
        return refusal;
    }

    public static FieldNote OnlyNote(this ErrorEvent read) => read.Notes.ShouldHaveSingleItem();
}
