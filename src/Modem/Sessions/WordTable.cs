using System.Text;

namespace AirHil.Modem.Sessions;

/// <summary>The few words that lines repeat, each held once; a word beyond the table's size is made anew.</summary>
internal sealed class WordTable
{
    private const int Size = 1024;
    private readonly (byte[] Bytes, string Word)[] _words = new (byte[], string)[Size];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        var hash = 2166136261u;
        foreach (var b in utf8) hash = (hash ^ b) * 16777619u;
        ref var slot = ref _words[hash % Size];
        if (slot.Word is not null && utf8.SequenceEqual(slot.Bytes)) return slot.Word;
        var word = Encoding.UTF8.GetString(utf8);
        slot = (utf8.ToArray(), word);
        return word;
    }
}
