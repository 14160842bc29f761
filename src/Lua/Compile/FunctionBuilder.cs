using AirHil.Lua.Syntax;

namespace AirHil.Lua.Compile;

/// <summary>
/// A function under compilation: its instructions, registers, constants and scopes. The parts follow lcode.c and the
/// scope half of lparser.c of Lua 5.3, whose choices of registers and instructions scripts can see (design §6).
/// </summary>
internal sealed partial class FunctionBuilder
{
    /// <summary>Stands for "no register" in jumps that need no value.</summary>
    private const int NoRegister = Instruction.MaxA;

    private const int MaxRegisters = 255;
    private const int MaxUpvalues = 255;

    private readonly TokenCursor _cursor;
    private readonly ConstantPool _constants;
    private readonly List<Prototype?> _children = [];
    private readonly List<UpvalueDescription> _upvalues = [];
    private uint[] _code = new uint[32];
    private int[] _lines = new int[32];
    private int _pc;

    /// <summary>The last place that a jump leads to: code before it must not be merged with code after it.</summary>
    private int _lastTarget;

    /// <summary>Jumps to the next instruction, whichever that will be.</summary>
    private int _pending = JumpList.Empty;

    private int _maxStack = 2;

    public FunctionBuilder(
        TokenCursor cursor, FunctionBuilder? parent, Dictionary<ConstantPool.Key, int> constantPlaces, int line)
    {
        _cursor = cursor;
        Parent = parent;
        _constants = new ConstantPool(constantPlaces);
        LineDefined = line;
        EnterBlock(isLoop: false);
    }

    public FunctionBuilder? Parent { get; }
    public int LineDefined { get; }
    public int LastLineDefined { get; set; }
    public int ParameterCount { get; set; }
    public bool IsVararg { get; set; }

    /// <summary>The first register that holds neither a local variable nor a value in use.</summary>
    public int FreeRegister { get; private set; }

    /// <summary>Keeps a place among the inner functions; they are numbered by where they begin.</summary>
    public int ReserveChild()
    {
        if (_children.Count >= Instruction.MaxBx) throw TooMany("functions", Instruction.MaxBx);
        _children.Add(null);
        return _children.Count - 1;
    }

    public void SetChild(int index, Prototype child) => _children[index] = child;

    public void AddUpvalue(in UpvalueDescription upvalue)
    {
        if (_upvalues.Count >= MaxUpvalues) throw _cursor.Error(Limits.Message("upvalues", MaxUpvalues, LineDefined));
        _upvalues.Add(upvalue);
    }

    /// <summary>Ends the function: its last return, and its blocks' unresolved jumps.</summary>
    public Prototype Build()
    {
        Return(0, 0);
        LeaveBlock();
        var children = new Prototype[_children.Count];
        for (var i = 0; i < children.Length; i++) children[i] = _children[i]!;
        return new Prototype
        {
            Code = _code[.._pc],
            Lines = _lines[.._pc],
            Constants = _constants.ToArray(),
            Children = children,
            Upvalues = [.. _upvalues],
            Locals = [.. _locals],
            Source = _cursor.ChunkName,
            LineDefined = LineDefined,
            LastLineDefined = LastLineDefined,
            ParameterCount = ParameterCount,
            IsVararg = IsVararg,
            MaxStackSize = _maxStack,
        };
    }

    /// <summary>Limits of the reference's arrays carry no place in their messages.</summary>
    private LuaSyntaxException TooMany(string what, int limit) => new(
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"too many {what} (limit is {limit})"),
        _cursor.Line);
}
