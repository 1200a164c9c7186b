namespace Tocsin.Protocol;

/// <summary>What an attachment is, item header <c>attachment_type</c>. Unknown ones are kept and make no event.</summary>
public static class AttachmentType
{
    /// <summary>The default.</summary>
    public const string Attachment = "event.attachment";
    public const string Minidump = "event.minidump";
    public const string AppleCrashReport = "event.applecrashreport";
    public const string ViewHierarchy = "event.view_hierarchy";

    /// <summary>The event itself as MessagePack, file <c>__sentry-event</c>.</summary>
    public const string EventPayload = "event.payload";

    /// <summary>Breadcrumbs as MessagePack, files <c>__sentry-breadcrumb1</c> and <c>2</c>.</summary>
    public const string Breadcrumbs = "breadcrumbs";
    public const string UnrealContext = "unreal.context";
    public const string UnrealLogs = "unreal.logs";
    public const string Prosperodump = "playstation.prosperodump";
    public const string DyingMessage = "nintendo.switch.dying_message";

    /// <summary>A crash report from which the server makes the event.</summary>
    public static bool IsCrash(string? type) => type is Minidump or AppleCrashReport or Prosperodump or DyingMessage;
}
