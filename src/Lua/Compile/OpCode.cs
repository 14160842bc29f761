namespace AirHil.Lua.Compile;

/// <summary>
/// The 47 instructions of PUC-Rio Lua 5.3, in its order, with its operand meanings (lopcodes.h). Keeping that
/// instruction set keeps register allocation, error variable names and size hints (hence pairs order) the module's.
/// </summary>
public enum OpCode : byte
{
    Move, LoadK, LoadKx, LoadBool, LoadNil,
    GetUpval, GetTabUp, GetTable, SetTabUp, SetUpval, SetTable,
    NewTable, Self,
    Add, Sub, Mul, Mod, Pow, Div, IDiv, BAnd, BOr, BXor, Shl, Shr,
    Unm, BNot, Not, Len,
    Concat, Jmp, Eq, Lt, Le, Test, TestSet,
    Call, TailCall, Return,
    ForLoop, ForPrep, TForCall, TForLoop,
    SetList, Closure, Vararg, ExtraArg,
}
