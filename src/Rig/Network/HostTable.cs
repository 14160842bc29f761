using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AirHil.Rig.Network;

/// <summary>
/// The hosts of the simulated world. Each gets an address of 198.18.0.0/15 (RFC 2544, set aside for tests) that follows
/// from its name, so that it is the same in every run; a host that is named by an address keeps it.
/// </summary>
public sealed class HostTable
{
    private const uint LastBytes = 254;
    private const uint Places = 2 * 256 * LastBytes;

    private readonly Dictionary<string, string> _addresses = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>The host's address; the host is added where it is new.</summary>
    public string Add(string host)
    {
        if (_addresses.TryGetValue(host, out var known)) return known;
        var address = IsAddress(host) ? host : Free(host);
        _addresses.Add(host, address);
        _names.Add(address, host);
        return address;
    }

    /// <returns>Null for an unknown name.</returns>
    public string? AddressOf(string host) => _addresses.GetValueOrDefault(host);

    /// <returns>Null for an address that no host has.</returns>
    public string? NameOf(string address) => _names.GetValueOrDefault(address);

    private static bool IsAddress(string host) =>
        IPAddress.TryParse(host, out var address) && address.AddressFamily == AddressFamily.InterNetwork
            && address.ToString() == host;

    private string Free(string host)
    {
        var place = Hash(host) % Places;
        while (_names.ContainsKey(Text(place))) place = (place + 1) % Places;
        return Text(place);
    }

    private static string Text(uint place) => string.Create(
        CultureInfo.InvariantCulture,
        $"198.{18 + (place / (256 * LastBytes))}.{place / LastBytes % 256}.{(place % LastBytes) + 1}");

    /// <summary>FNV-1a over the name in lower case.</summary>
    private static uint Hash(string host)
    {
        var hash = 2166136261u;
        foreach (var c in host) hash = unchecked((hash ^ char.ToLowerInvariant(c)) * 16777619u);
        return hash;
    }
}
