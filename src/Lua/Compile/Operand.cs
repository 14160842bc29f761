namespace AirHil.Lua.Compile;

/// <summary>Where the value of an expression is, as far as code for it has been generated.</summary>
internal enum OperandKind
{
    /// <summary>No value: an empty list of expressions, or a name that is no variable of any function.</summary>
    None,
    Nil,
    True,
    False,

    /// <summary>Info is an index of the constant table.</summary>
    Constant,

    /// <summary>Number is the float's bits.</summary>
    Float,

    /// <summary>Number is the integer.</summary>
    Integer,

    /// <summary>Info is a register that holds the value for good.</summary>
    Register,

    /// <summary>Info is the register of a local variable.</summary>
    Local,

    /// <summary>Info is the number of an upvalue.</summary>
    Upvalue,

    /// <summary>Info is the table's register (or upvalue), Key a register or constant.</summary>
    Indexed,

    /// <summary>Info is a comparison's jump.</summary>
    Jump,

    /// <summary>Info is an instruction whose result may go to any register.</summary>
    Relocatable,

    /// <summary>Info is a call instruction.</summary>
    Call,

    /// <summary>Info is a vararg instruction.</summary>
    Vararg,
}

/// <summary>An expression in the course of compilation.</summary>
internal struct Operand(OperandKind kind, int info = 0)
{
    public OperandKind Kind = kind;
    public int Info = info;
    public int Key;
    public bool TableIsUpvalue;
    public long Number;

    /// <summary>Jumps that leave the expression when it is true.</summary>
    public int WhenTrue = JumpList.Empty;

    /// <summary>Jumps that leave the expression when it is false.</summary>
    public int WhenFalse = JumpList.Empty;

    public readonly bool HasJumps => WhenTrue != WhenFalse;
    public readonly bool IsMultiple => Kind is OperandKind.Call or OperandKind.Vararg;
    public readonly bool IsNumeral => Kind is OperandKind.Integer or OperandKind.Float && !HasJumps;

    public static Operand Integer(long value) => new(OperandKind.Integer) { Number = value };

    public static Operand Float(double value) =>
        new(OperandKind.Float) { Number = BitConverter.DoubleToInt64Bits(value) };

    /// <summary>Becomes another kind of value and keeps its jumps.</summary>
    public void Become(OperandKind kind, int info)
    {
        Kind = kind;
        Info = info;
    }
}

/// <summary>
/// A list of jumps to one place that is not known yet: each jump's offset leads to the next, the last one's is -1.
/// </summary>
internal static class JumpList
{
    public const int Empty = -1;
}
