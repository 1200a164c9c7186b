using System.Net;

namespace Tocsin.Server.Errors.Filters;

/// <summary>Addresses and CIDR ranges the project has blocked; a visitor's or the sender's.</summary>
static class AddressFilter
{
    public static bool Matches(FilterSubject subject) =>
        subject.Options.FilteredAddresses.Count > 0
        && (IsBlocked(subject, subject.Event.User?.IpAddress) || IsBlocked(subject, subject.ClientAddress));

    static bool IsBlocked(FilterSubject subject, string? text)
    {
        if (!IPAddress.TryParse(text, out var address))
        {
            return false;
        }
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        foreach (var blocked in subject.Options.FilteredAddresses)
        {
            var isRange = blocked.Contains('/', StringComparison.Ordinal);
            if (
                isRange
                    ? IPNetwork.TryParse(blocked, out var network) && network.Contains(address)
                    : IPAddress.TryParse(blocked, out var single) && single.Equals(address)
            )
            {
                return true;
            }
        }
        return false;
    }
}
