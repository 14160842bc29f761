using AirHil.Modem;
using AirHil.Modem.Faults;
using AirHil.Rig.Faults;

namespace AirHil.Rig.Service;

/// <summary>What the acting faults make of each message (<see cref="MessageFault"/>).</summary>
/// <param name="seed">The run's.</param>
internal sealed class MessageFates(ulong seed)
{
    private readonly SplitMix64 _draw = SplitMix64.For(seed, "messages");
    private readonly List<ActingFault<MessageFault>> _acting = [];

    /// <summary>Whether every message passes at once, as it is.</summary>
    public bool AreUsual => _acting.Count == 0;

    public void Begin(MessageFault fault) => _acting.Add(new(fault));

    /// <inheritdoc cref="ServiceInput.End"/>
    public void End(MessageFault fault, int? place) => _acting.End(fault, place);

    /// <summary>How much later each copy of a message passes; empty: none does.</summary>
    public IReadOnlyList<TimeSpan> Of(bool toModule, string host, ReadOnlySpan<byte> message)
    {
        var copies = 1;
        var delay = TimeSpan.Zero;
        foreach (var acting in _acting)
        {
            var fault = acting.Fault;
            if (acting.IsSpent || !fault.Limits.IsFor(toModule, host, message)) continue;
            if (_draw.Below(100) >= fault.Percent) continue;
            acting.Occur();
            switch (fault)
            {
                case DropMessages:
                    copies = 0;
                    break;
                case DoubleMessages:
                    copies *= 2;
                    break;
                case DelayMessages later:
                    delay += later.By;
                    break;
                default:
                    throw new InvalidOperationException($"no message suffers '{fault}'");
            }
        }

        return [.. Enumerable.Repeat(delay, copies)];
    }
}
