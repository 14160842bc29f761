using AirHil.Board.Emulator;
using AirHil.Board.Ports;
using AirHil.Board.Tests.Emulator;

namespace AirHil.Board.Tests.Ports;

/// <summary>A pseudo-terminal behind a link, which can be pulled out and plugged in again as another one.</summary>
internal sealed class LinkedTerminal : IDisposable
{
    private readonly DirectoryInfo _folder;
    private PseudoTerminal? _terminal;

    public LinkedTerminal(bool plugged = true)
    {
        Terminals.SkipWithout();
        _folder = Directory.CreateTempSubdirectory("airhil-port-");
        Link = Path.Combine(_folder.FullName, "tty");
        if (plugged) Plug();
    }

    public string Link { get; }

    public PortAddress Address => new PortAddress.Path(Link);

    public PseudoTerminal Terminal => _terminal ?? throw new InvalidOperationException("it is not plugged in");

    public bool IsPlugged => _terminal is not null;

    public void Plug() => _terminal = PseudoTerminal.Open(Link);

    public void Unplug()
    {
        _terminal?.Unplug();
        _terminal = null;
    }

    /// <summary>Reads until so many bytes have come.</summary>
    public byte[] Read(int count)
    {
        var bytes = new byte[count];
        var have = 0;
        Eventually.Holds(
            () =>
            {
                have += Terminal.Read(bytes.AsSpan(have), TimeSpan.FromMilliseconds(50));
                return have == count;
            },
            $"{count} bytes on {Link}");
        return bytes;
    }

    public void Dispose()
    {
        Unplug();
        _folder.Delete(true);
    }
}
