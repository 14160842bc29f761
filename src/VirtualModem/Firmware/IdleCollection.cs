using AirHil.Lua.Run;

namespace AirHil.VirtualModem.Firmware;

/// <summary>The extra collector of rtos.receive when the mailbox is empty (reference §1.3).</summary>
internal sealed class IdleCollection
{
    private int _idleReceives;

    /// <summary>Idle receives between two looks at <see cref="WarnPercent"/>.</summary>
    public int Period { get; set; } = 100;

    public int WarnPercent { get; set; } = 80;
    public int ForcePercent { get; set; } = 90;

    public void ReceiveIsIdle(LuaState state)
    {
        var percent = state.HeapUsed * 100 / (state.Options.HeapLimit ?? long.MaxValue / 100);
        if (percent >= ForcePercent)
        {
            CollectTwice(state);
            return;
        }

        if (++_idleReceives < Period) return;
        _idleReceives = 0;
        if (percent >= WarnPercent) CollectTwice(state);
    }

    private static void CollectTwice(LuaState state)
    {
        state.Collect();
        state.Collect();
    }
}
