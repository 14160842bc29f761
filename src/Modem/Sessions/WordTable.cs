using System.Buffers.Binary;
using System.Text;

namespace AirHil.Modem.Sessions;

/// <summary>The few words that lines repeat, each held once; a word beyond the table's size is made again.</summary>
internal sealed class WordTable
{
    private const int SizeBits = 10;
    private readonly (byte[] Bytes, string Word)[] _words = new (byte[], string)[1 << SizeBits];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        ref var slot = ref _words[SlotOf(utf8)];
        if (slot.Word is not null && utf8.SequenceEqual(slot.Bytes)) return slot.Word;
        var word = Encoding.UTF8.GetString(utf8);
        slot = (utf8.ToArray(), word);
        return word;
    }

    private static int SlotOf(ReadOnlySpan<byte> utf8)
    {
        const ulong Prime = 0x9E3779B97F4A7C15;
        var hash = (ulong)utf8.Length;
        for (; utf8.Length >= 8; utf8 = utf8[8..])
        {
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(utf8)) * Prime;
        }

        var rest = 0UL;
        foreach (var b in utf8) rest = (rest << 8) | b;
        return (int)(((hash ^ rest) * Prime) >> (64 - SizeBits));
    }
}
