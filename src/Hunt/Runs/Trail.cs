using AirHil.Modem;
using AirHil.Modem.Sessions;

namespace AirHil.Hunt.Runs;

/// <summary>
/// What a run went through: each pair of things that followed each other, as a number. Two runs that went the same ways
/// have the same set; digits in the log do not count.
/// </summary>
internal sealed class Trail
{
    private const int ReadOfLine = 48;
    private readonly HashSet<ulong> _pairs = [];
    private ulong _last;

    public IReadOnlyCollection<ulong> Pairs => _pairs;

    public void Feed(SessionEvent happened)
    {
        if (happened.Lane is not (SessionLane.Log or SessionLane.Network or SessionLane.Service)) return;
        var hash = Of(happened.Kind, Fnv.Start);
        if (happened is LogLine line) hash = Of(line.Line.AsSpan(0, Math.Min(line.Line.Length, ReadOfLine)), hash);
        if (hash == _last) return;
        _pairs.Add((_last * Fnv.Prime) ^ hash);
        _last = hash;
    }

    private static ulong Of(ReadOnlySpan<char> text, ulong hash)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) hash = Fnv.Add(hash, c);
        }

        return hash;
    }
}
