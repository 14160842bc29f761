using System.Globalization;

namespace AirHil.Modem.Sessions;

/// <summary>One connection, or one socket of datagrams, as events of network and service name it.</summary>
/// <param name="Number">Unique in the network's life for TCP; for datagrams the socket's number.</param>
/// <param name="Host">By name, or by address where it has no name; "" where no host has the address.</param>
/// <param name="Port">Of the host.</param>
public sealed record Connection(int Number, string Host, int Port)
{
    // Every event of a connection is written and shown with these, so they are made once.
    private string? _label;
    private byte[]? _members;

    // A copy may get other values, so it makes its own.
    private Connection(Connection from) => (Number, Host, Port) = (from.Number, from.Host, from.Port);

    /// <summary>As people read it: "#7 example.test:443".</summary>
    public string Label => _label ??=
        string.Create(CultureInfo.InvariantCulture, $"#{Number} {(Host.Length == 0 ? "nowhere" : Host)}:{Port}");

    /// <summary>The host and its port.</summary>
    public string Place => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    /// <summary>Its members in a line of a file.</summary>
    internal ReadOnlySpan<byte> Members
    {
        get
        {
            if (_members is null)
            {
                var line = new LineBuffer(64);
                EventLines.Write(line, this, Host);
                _members = line.Written.ToArray();
            }

            return _members;
        }
    }

    public bool Equals(Connection? other) =>
        other is not null && Number == other.Number && Port == other.Port && Host == other.Host;

    public override int GetHashCode() => HashCode.Combine(Number, Host, Port);

    public override string ToString() => Label;
}
