using System.Buffers.Binary;
using System.Globalization;
using AirHil.VirtualModem.Buses;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Pins;

namespace AirHil.VirtualModem.Storage.Fat;

/// <summary>
/// The driver of a card on SPI (L:components/fatfs/diskio_spitf.c), as far as it goes with no card: the first command
/// gets no answer.
/// </summary>
/// <param name="controller">Null: there is no such one; nothing is sent.</param>
/// <param name="select">The pin of its chip select.</param>
internal sealed class SdCard(SpiController? controller, int select, PinBank pins, FirmwareLog log)
{
    private const string Tag = "SPI_TF";
    private const uint StartHertz = 400_000;
    private const int OperationFailed = -6;
    private const int Idle = 40;
    private const int CommandBytes = 14;

    /// <summary>What the driver left in its buffer; the first bytes of a start go out as they are.</summary>
    private readonly byte[] _buffer = new byte[Idle];

    /// <summary>Starts the card. It is not there, and three lines say so.</summary>
    public void Start()
    {
        controller?.Change(StartHertz);
        pins.Write(select, false);
        Transfer(_buffer);
        pins.Write(select, true);
        _buffer.AsSpan().Fill(0xFF);
        Transfer(_buffer);
        GoIdle();
        log.Write(LogLevel.Debug, Tag, "sdcard init fail!");
        TellNotReady();
    }

    /// <summary>The line of every access to a card that has not been started.</summary>
    public void TellNotReady() => log.Write(LogLevel.Debug, Tag, "SDHC error, please reboot tf card");

    private void GoIdle()
    {
        pins.Write(select, false);
        var command = _buffer.AsSpan(0, CommandBytes);
        command.Fill(0xFF);
        command[0] = 0x40;
        BinaryPrimitives.WriteUInt32BigEndian(command[1..], 0);
        command[5] = 0x95;
        Transfer(_buffer.AsMemory(0, CommandBytes));
        pins.Write(select, true);
        Transfer(new byte[] { 0xFF });
        log.Write(LogLevel.Error, Tag, string.Create(
            CultureInfo.InvariantCulture, $"cmd 0 arg 0 result {OperationFailed}"));
        log.Raw(HexDump.Of(_buffer.AsSpan(0, CommandBytes)));
    }

    /// <summary>What comes takes the place of what went; without a device nobody waits for anybody.</summary>
    private void Transfer(Memory<byte> bytes)
    {
        if (controller is null) return;
        var received = new byte[bytes.Length];
        foreach (var _ in controller.Run(bytes.ToArray(), received))
        {
        }

        received.CopyTo(bytes);
    }
}
