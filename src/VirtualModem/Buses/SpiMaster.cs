using AirHil.Lua.Run;
using AirHil.Modem.Buses;
using AirHil.Modem.Messages;
using AirHil.Modem.Pins;
using AirHil.VirtualModem.Pins;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Buses;

/// <summary>A master of SPI: one of the two of the chip, or one that the binding drives by pins.</summary>
internal abstract class SpiMaster(Board board, IProcessor cpu, BusLink link, BusWires wires, PinWires pins)
{
    /// <summary>As devices name it (<see cref="DeviceSpot"/>).</summary>
    public abstract string Bus { get; }

    /// <summary>The pin of MISO.</summary>
    protected abstract int Input { get; }

    /// <summary>The time of a byte on the wire.</summary>
    protected abstract TimeSpan ByteTime { get; }

    /// <summary>No device is on the bus, and nobody holds its input low: all that comes is ones.</summary>
    public bool IsQuiet => !wires.HasSpi(Bus) && pins.HoldOf(Input) != PinHold.Low;

    /// <summary>The time of so many bytes on the wire.</summary>
    public TimeSpan TimeOf(int bytes) => ByteTime * bytes;

    /// <summary>Clocks bytes out, and as many in.</summary>
    /// <param name="sent">What is on MOSI.</param>
    /// <param name="received">As long as what is sent; it gets what is on MISO.</param>
    /// <param name="runsBeside">Lua goes on meanwhile.</param>
    public IEnumerable<NativeStep> Run(ReadOnlyMemory<byte> sent, Memory<byte> received, bool runsBeside = false)
    {
        // With nobody on it, MISO has the level of its pull, or what the rig holds it at.
        received.Span.Fill(pins.HoldOf(Input) == PinHold.Low ? (byte)0 : (byte)0xFF);
        if (sent.Length == 0) yield break;
        BeforeTransfer();
        if (wires.HasSpi(Bus))
        {
            yield return link.Ask(new BusRequest.Spi(Bus, sent));
            var answer = link.Answer<BusAnswer.Spi>().Received;
            answer[..Math.Min(answer.Length, received.Length)].CopyTo(received);
        }

        var took = TimeOf(sent.Length);
        board.Emit(new ModemReport.SpiTransferred(Bus, sent, received.ToArray(), took));
        if (!runsBeside) cpu.Take(took);
        AfterTransfer();
    }

    protected virtual void BeforeTransfer()
    {
    }

    protected virtual void AfterTransfer()
    {
    }
}
