namespace Tocsin.Protocol;

/// <summary>Of what an attachment may be (item header <c>attachment_type</c>) the crash reports. All others are kept and make no event.</summary>
public static class AttachmentType
{
    public const string Minidump = "event.minidump";
    public const string AppleCrashReport = "event.applecrashreport";
    public const string Prosperodump = "playstation.prosperodump";
    public const string DyingMessage = "nintendo.switch.dying_message";

    /// <summary>A crash report from which the server makes the event.</summary>
    public static bool IsCrash(string? type) => type is Minidump or AppleCrashReport or Prosperodump or DyingMessage;
}
