using AirHil.Lua.Run;

namespace AirHil.VirtualModem.Firmware;

/// <summary>The extra collector of rtos.receive when the mailbox is empty (reference §1.3).</summary>
internal sealed class IdleCollection
{
    private int _idleReceives;

    /// <summary>Idle receives between two looks at <see cref="WarnPercent"/>; 0: none of this.</summary>
    public int Period { get; set; } = 100;

    public int WarnPercent { get; set; } = 80;
    public int ForcePercent { get; set; } = 90;

    /// <summary>A message waits: the count begins again.</summary>
    public void ReceiveIsBusy() => _idleReceives = 0;

    public void ReceiveIsIdle(LuaState state)
    {
        if (Period == 0)
        {
            ReceiveIsBusy();
            return;
        }

        if (IsAbove(state, ForcePercent))
        {
            CollectTwice(state);
            return;
        }

        if (_idleReceives++ < Period) return;
        _idleReceives = 0;
        if (IsAbove(state, WarnPercent)) CollectTwice(state);
    }

    private static bool IsAbove(LuaState state, int percent) =>
        state.Options.HeapLimit is { } limit && state.HeapUsed * 100 >= limit * percent;

    private static void CollectTwice(LuaState state)
    {
        state.ChargeCollection();
        state.Collect();
        state.ChargeCollection();
        state.Collect();
    }
}
