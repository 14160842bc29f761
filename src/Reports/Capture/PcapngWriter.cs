using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace AirHil.Reports.Capture;

/// <summary>
/// Writes blocks of a capture file (draft-ietf-opsawg-pcapng), little-endian, times in units of 100 ns.
/// </summary>
internal sealed class PcapngWriter(Stream output)
{
    private const uint SectionHeader = 0x0A0D0D0A;
    private const uint InterfaceDescription = 1;
    private const uint EnhancedPacket = 6;
    private const ushort Comment = 1;
    private const ushort InterfaceName = 2;
    private const ushort PacketFlags = 2;
    private const ushort TimeResolution = 9;
    private const ushort Application = 4;

    private readonly ArrayBufferWriter<byte> _body = new();

    public void Section()
    {
        Begin();
        Number(0x1A2B3C4D);
        Number(0x0000_0001); // Version 1.0.
        Number(uint.MaxValue);
        Number(uint.MaxValue);
        Option(Application, "airhil"u8);
        EndOptions();
        End(SectionHeader);
    }

    public void Interface(LinkType link, string name)
    {
        Begin();
        Number((uint)link);
        Number(0);
        Option(InterfaceName, Encoding.UTF8.GetBytes(name));
        Option(TimeResolution, [7]);
        EndOptions();
        End(InterfaceDescription);
    }

    /// <param name="ticks">Since 1970, in 100 ns.</param>
    /// <param name="comment">Shown with the packet; "" for none.</param>
    public void Packet(
        uint number, long ticks, PacketDirection direction, ReadOnlySpan<byte> content, string comment = "")
    {
        Begin();
        Number(number);
        Number((uint)(ticks >> 32));
        Number((uint)ticks);
        Number((uint)content.Length);
        Number((uint)content.Length);
        Padded(content);
        if (comment.Length > 0) Option(Comment, Encoding.UTF8.GetBytes(comment));
        Span<byte> flags = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(flags, (uint)direction);
        Option(PacketFlags, flags);
        EndOptions();
        End(EnhancedPacket);
    }

    private void Begin() => _body.ResetWrittenCount();

    private void End(uint type)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(number, type);
        output.Write(number);
        BinaryPrimitives.WriteUInt32LittleEndian(number, (uint)_body.WrittenCount + 12);
        output.Write(number);
        output.Write(_body.WrittenSpan);
        output.Write(number);
    }

    private void Number(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        _body.Write(bytes);
    }

    private void Option(ushort code, ReadOnlySpan<byte> value)
    {
        if (value.Length > ushort.MaxValue) value = value[..ushort.MaxValue];
        Number(code | ((uint)value.Length << 16));
        Padded(value);
    }

    private void EndOptions() => Number(0);

    private void Padded(ReadOnlySpan<byte> content)
    {
        _body.Write(content);
        while (_body.WrittenCount % 4 != 0) _body.Write("\0"u8);
    }
}
