namespace AirHil.Lua.Compile;

/// <summary>
/// The 32-bit instruction word of Lua 5.3: op 6 bits, A 8, C 9, B 9 (from the low end); Bx = 18 bits, sBx = Bx -
/// 131071, Ax = 26 bits. Bit 256 of B or C selects a constant.
/// </summary>
public static class Instruction
{
    public const int ConstantBit = 1 << 8;
    public const int MaxConstantIndex = ConstantBit - 1;
    public const int MaxA = 255;
    public const int MaxB = 511;
    public const int MaxC = 511;
    public const int MaxBx = (1 << 18) - 1;
    public const int MaxSBx = MaxBx >> 1;
    public const int MaxAx = (1 << 26) - 1;

    public static uint Abc(OpCode op, int a, int b, int c) =>
        (uint)op | ((uint)a << 6) | ((uint)c << 14) | ((uint)b << 23);

    public static uint ABx(OpCode op, int a, int bx) => (uint)op | ((uint)a << 6) | ((uint)bx << 14);
    public static uint AsBx(OpCode op, int a, int sbx) => ABx(op, a, sbx + MaxSBx);
    public static uint Ax(OpCode op, int ax) => (uint)op | ((uint)ax << 6);

    public static OpCode Op(uint i) => (OpCode)(i & 0x3F);
    public static int A(uint i) => (int)(i >> 6) & 0xFF;
    public static int C(uint i) => (int)(i >> 14) & 0x1FF;
    public static int B(uint i) => (int)(i >> 23);
    public static int Bx(uint i) => (int)(i >> 14);
    public static int SBx(uint i) => (int)(i >> 14) - MaxSBx;
    public static int Ax(uint i) => (int)(i >> 6);
    public static bool IsConstant(int rk) => (rk & ConstantBit) != 0;
    public static int ConstantIndex(int rk) => rk & ~ConstantBit;
}
