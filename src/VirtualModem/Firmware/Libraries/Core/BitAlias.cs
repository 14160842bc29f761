using AirHil.Lua.Run;

namespace AirHil.VirtualModem.Firmware.Libraries.Core;

/// <summary>
/// <c>bit32</c> as the module has it: the standard functions and five for single bits; the same library is the global
/// <c>bit</c> (reference §1.4, L:lua/src/lbitlib.c).
/// </summary>
internal static class BitAlias
{
    /// <summary>The additions alone.</summary>
    private static readonly LibraryDefinition Additions = new LibraryDefinition("bit32")
        .Add("bit", static (in LuaCall call) => call.Return(call.State.Numbers.Integer(Bit(call, 1))))
        .Add("set", Set)
        .Add("clear", Clear)
        .Add("isset", static (in LuaCall call) => call.Return((call.Integer(1) & Bit(call, 2)) != 0))
        .Add("isclear", static (in LuaCall call) => call.Return((call.Integer(1) & Bit(call, 2)) == 0));

    public static LibraryDefinition Merge(LibraryDefinition standard)
    {
        var merged = new LibraryDefinition("bit32");
        foreach (var (name, value) in standard.Entries) merged.Add(name, value);
        foreach (var (name, value) in Additions.Entries) merged.Add(name, value);
        return merged;
    }

    /// <summary>
    /// The processor's shift takes the low byte of a position, and from 32 on no bit is left (ARMv7-M, LSL by a
    /// register).
    /// </summary>
    private static int Bit(in LuaCall call, int index) =>
        (byte)call.Integer(index) is var position and < 32 ? 1 << position : 0;

    private static int Set(in LuaCall call)
    {
        var value = call.Integer(1);
        for (var i = 2; i <= call.Count; i++) value |= (long)Bit(call, i);
        return call.Return(call.State.Numbers.Integer(value));
    }

    private static int Clear(in LuaCall call)
    {
        var value = call.Integer(1);
        for (var i = 2; i <= call.Count; i++) value &= ~(long)Bit(call, i);
        return call.Return(call.State.Numbers.Integer(value));
    }
}
