using System.Globalization;
using AirHil.Rig.Time;

namespace AirHil.Live.Remote;

/// <summary>
/// How long a machine of a bench was held back, because the buffer for its client was full. It belongs into the run's
/// record, so that late reports are explained there.
/// </summary>
/// <param name="machine">What it is: "modem", "network".</param>
internal sealed class HeldTime(string machine)
{
    private static readonly TimeSpan NoticePause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(100);
    private readonly WallClock _wall = new();
    private TimeSpan _held;
    private TimeSpan _noticedAt = -NoticePause;

    /// <summary>The wall's time.</summary>
    public TimeSpan Now => _wall.Now;

    /// <summary>It was held back from that time until now.</summary>
    public void Add(TimeSpan from) => _held += _wall.Now - from;

    /// <summary>What the record is to say now; null: nothing.</summary>
    public string? Notice()
    {
        if (_held <= Least || _wall.Now - _noticedAt < NoticePause) return null;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"the remote bench held its {machine} back for {_held.TotalMilliseconds:0} ms, because its buffer for " +
            $"this client was full; nothing is lost");
        _held = TimeSpan.Zero;
        _noticedAt = _wall.Now;
        return text;
    }
}
