using System.Text;
using AirHil.Modem.Pins;
using AirHil.Modem.Sessions;
using AirHil.Rig.Peers;
using AirHil.Rig.World;

namespace AirHil.Rig.Tests.Peers;

/// <summary>One peer alone: bytes in, bytes out, and what it logs, each with its time in milliseconds.</summary>
internal sealed class PeerWorld
{
    private readonly Loop _loop = new();
    private readonly Shell<PeerInput, PeerOutput> _shell;

    public PeerWorld(string lua, params KeyValuePair<string, string>[] parameters)
        : this(lua, 1, parameters: parameters)
    {
    }

    public PeerWorld(
        string lua, ulong seed, string name = "peer.lua", bool hasPins = true,
        params KeyValuePair<string, string>[] parameters)
        : this(new PeerScript(name, lua, parameters), seed, hasPins)
    {
    }

    public PeerWorld(PeerScript script, ulong seed = 1, bool hasPins = true)
    {
        PinDrive[] pins = hasPins ? [.. Enumerable.Range(0, ModulePin.Count).Select(ModulePin.AfterReset)] : [];
        var machine = new PeerMachine(
            script, new PeerPlace.Uart(1), seed,
            new DateTimeOffset(2024, 10, 12, 13, 29, 47, TimeSpan.Zero), pins, TimeSpan.Zero);
        _shell = new(_loop, "the peer", machine, Take);
        _loop.Settle();
    }

    /// <summary>"0 sends a", "5 logs b", "5 holds 3 Low".</summary>
    public List<string> Seen { get; } = [];

    /// <summary>Why it is over; null: it is not.</summary>
    public string? Failed { get; private set; }

    public PeerWorld Run(double milliseconds)
    {
        _loop.Advance(null, _loop.Now + TimeSpan.FromMilliseconds(milliseconds));
        return this;
    }

    public PeerWorld Give(string data) => Give(new PeerInput.Received(Encoding.Latin1.GetBytes(data)));

    public PeerWorld Give(PeerInput input)
    {
        _shell.Post(input);
        _loop.Settle();
        return this;
    }

    private void Take(PeerOutput output, TimeSpan now)
    {
        var at = now.TotalMilliseconds;
        switch (output)
        {
            case PeerOutput.Send send:
                Seen.Add(FormattableString.Invariant($"{at} sends {Encoding.Latin1.GetString(send.Bytes.Span)}"));
                break;
            case PeerOutput.Hold hold:
                Seen.Add(FormattableString.Invariant($"{at} holds {hold.Pin} {hold.Level}"));
                break;
            case PeerOutput.Recorded { Event: ScriptLogged logged }:
                Seen.Add(FormattableString.Invariant($"{at} logs {logged.Line}"));
                break;
            case PeerOutput.Recorded { Event: ScriptFailed failed }:
                Failed = failed.Why;
                break;
        }
    }
}
