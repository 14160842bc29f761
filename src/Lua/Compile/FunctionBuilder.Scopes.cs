using System.Globalization;

using AirHil.Lua.Syntax;
using AirHil.Lua.Values;

namespace AirHil.Lua.Compile;

/// <summary>Local variables, blocks, labels and gotos. Equal names are one object (<see cref="NameTable"/>).</summary>
internal sealed partial class FunctionBuilder
{
    private const int MaxLocals = 200;
    private const int MaxEntries = short.MaxValue;
    private static readonly LuaString BreakLabel = LuaString.FromText("break");

    private readonly List<LocalVariable> _locals = [];

    /// <summary>Indices into <see cref="_locals"/>, by register; those not yet in scope at the end.</summary>
    private readonly List<int> _declared = [];

    private readonly List<JumpLabel> _labels = [];
    private readonly List<JumpLabel> _gotos = [];
    private Block? _block;

    /// <summary>How many registers from 0 hold local variables in scope.</summary>
    public int ActiveCount { get; private set; }

    /// <summary>Declares a variable that <see cref="Activate"/> will bring into scope.</summary>
    public void Declare(LuaString name)
    {
        if (_locals.Count >= MaxEntries) throw TooMany("local variables", MaxEntries);
        _locals.Add(new LocalVariable(name, 0, 0));
        if (_declared.Count >= MaxLocals)
        {
            throw _cursor.Error(Limits.Message("local variables", MaxLocals, LineDefined));
        }

        _declared.Add(_locals.Count - 1);
    }

    public void Activate(int count)
    {
        for (; count > 0; count--) SetStart(ActiveCount++);
    }

    /// <summary>Lets a register's variable begin only now: a local function is not visible in its own body.</summary>
    public void SetStart(int register)
    {
        var index = _declared[register];
        _locals[index] = _locals[index] with { StartPc = _pc };
    }

    public void EnterBlock(bool isLoop) => _block = new Block(_block, isLoop, ActiveCount, _labels.Count, _gotos.Count);

    public void LeaveBlock()
    {
        var block = _block!;
        if (block.Outer is not null && block.HasUpvalue)
        {
            var jump = Jump();
            PatchClose(jump, block.ActiveCount);
            PatchToHere(jump);
        }

        if (block.IsLoop) ResolveGotos(AddLabel(BreakLabel, 0, _pc));
        _block = block.Outer;
        Deactivate(block.ActiveCount);
        ReleaseTemporaries();
        _labels.RemoveRange(block.FirstLabel, _labels.Count - block.FirstLabel);
        if (block.Outer is not null) MoveGotosOut(block);
        else if (block.FirstGoto < _gotos.Count) throw Unresolved(_gotos[block.FirstGoto]);
    }

    /// <summary>In a repeat loop, jumps to its head leave the scope of the body's variables.</summary>
    public void CloseUpvaluesOfBlock(int jumps)
    {
        if (_block!.HasUpvalue) PatchClose(jumps, _block.ActiveCount);
    }

    /// <summary>A goto, or a break where the label is null, whose jump has been emitted.</summary>
    public void Goto(LuaString? label, int jump, int line)
    {
        if (_gotos.Count >= MaxEntries) throw TooMany("labels/gotos", MaxEntries);
        _gotos.Add(new JumpLabel(label ?? BreakLabel, jump, line, ActiveCount));
        if (FindLabel(_gotos[^1]) is not { } target) return;
        ResolveGoto(_gotos[^1], target);
        _gotos.RemoveAt(_gotos.Count - 1);
    }

    public void CheckNewLabel(LuaString name)
    {
        for (var i = _block!.FirstLabel; i < _labels.Count; i++)
        {
            if (!ReferenceEquals(_labels[i].Name, name)) continue;
            throw _cursor.ErrorWithoutToken(string.Create(
                CultureInfo.InvariantCulture, $"label '{name}' already defined on line {_labels[i].Line}"));
        }
    }

    /// <summary>A label here; the result is for <see cref="FinishLabel"/>.</summary>
    public JumpLabel AddLabel(LuaString name, int line) => AddLabel(name, line, MarkTarget());

    /// <summary>Lets the gotos that wait for a label jump to it.</summary>
    public void FinishLabel(JumpLabel label, bool endsBlock)
    {
        if (endsBlock) label.ActiveCount = _block!.ActiveCount;
        ResolveGotos(label);
    }

    /// <summary>The variable of this name, or an operand of no kind.</summary>
    public Operand FindVariable(LuaString name, bool isUsedHere)
    {
        for (var i = ActiveCount - 1; i >= 0; i--)
        {
            if (!ReferenceEquals(_locals[_declared[i]].Name, name)) continue;
            if (!isUsedHere) MarkUpvalue(i);
            return new Operand(OperandKind.Local, i);
        }

        for (var i = 0; i < _upvalues.Count; i++)
        {
            if (ReferenceEquals(_upvalues[i].Name, name)) return new Operand(OperandKind.Upvalue, i);
        }

        if (Parent is null) return new Operand(OperandKind.None);
        var outer = Parent.FindVariable(name, isUsedHere: false);
        if (outer.Kind == OperandKind.None) return outer;
        AddUpvalue(new UpvalueDescription(name, outer.Kind == OperandKind.Local, outer.Info));
        return new Operand(OperandKind.Upvalue, _upvalues.Count - 1);
    }

    private void MarkUpvalue(int register)
    {
        var block = _block!;
        while (block.ActiveCount > register) block = block.Outer!;
        block.HasUpvalue = true;
    }

    private void Deactivate(int level)
    {
        while (ActiveCount > level)
        {
            var index = _declared[--ActiveCount];
            _locals[index] = _locals[index] with { EndPc = _pc };
        }

        _declared.RemoveRange(level, _declared.Count - level);
    }

    private JumpLabel AddLabel(LuaString name, int line, int pc)
    {
        if (_labels.Count >= MaxEntries) throw TooMany("labels/gotos", MaxEntries);
        var label = new JumpLabel(name, pc, line, ActiveCount);
        _labels.Add(label);
        return label;
    }

    /// <summary>A label that the goto can see in the current block; closes upvalues for a jump backwards.</summary>
    private JumpLabel? FindLabel(JumpLabel jump)
    {
        for (var i = _block!.FirstLabel; i < _labels.Count; i++)
        {
            var label = _labels[i];
            if (!ReferenceEquals(label.Name, jump.Name)) continue;
            if (jump.ActiveCount > label.ActiveCount && (_block.HasUpvalue || _labels.Count > _block.FirstLabel))
            {
                PatchClose(jump.Pc, label.ActiveCount);
            }

            return label;
        }

        return null;
    }

    private void ResolveGoto(JumpLabel jump, JumpLabel label)
    {
        if (jump.ActiveCount < label.ActiveCount)
        {
            var variable = _locals[_declared[jump.ActiveCount]].Name;
            throw _cursor.ErrorWithoutToken(string.Create(
                CultureInfo.InvariantCulture,
                $"<goto {jump.Name}> at line {jump.Line} jumps into the scope of local '{variable}'"));
        }

        PatchList(jump.Pc, label.Pc);
    }

    private void ResolveGotos(JumpLabel label)
    {
        var kept = _block!.FirstGoto;
        for (var i = kept; i < _gotos.Count; i++)
        {
            if (ReferenceEquals(_gotos[i].Name, label.Name)) ResolveGoto(_gotos[i], label);
            else _gotos[kept++] = _gotos[i];
        }

        _gotos.RemoveRange(kept, _gotos.Count - kept);
    }

    /// <summary>Gotos of a block that ended look for their labels in the one around it.</summary>
    private void MoveGotosOut(Block block)
    {
        var kept = block.FirstGoto;
        for (var i = kept; i < _gotos.Count; i++)
        {
            var jump = _gotos[i];
            if (jump.ActiveCount > block.ActiveCount)
            {
                if (block.HasUpvalue) PatchClose(jump.Pc, block.ActiveCount);
                jump.ActiveCount = block.ActiveCount;
            }

            if (FindLabel(jump) is { } label) ResolveGoto(jump, label);
            else _gotos[kept++] = jump;
        }

        _gotos.RemoveRange(kept, _gotos.Count - kept);
    }

    private LuaSyntaxException Unresolved(JumpLabel jump) => _cursor.ErrorWithoutToken(
        ReferenceEquals(jump.Name, BreakLabel)
            ? string.Create(CultureInfo.InvariantCulture, $"<break> at line {jump.Line} not inside a loop")
            : string.Create(
                CultureInfo.InvariantCulture, $"no visible label '{jump.Name}' for <goto> at line {jump.Line}"));

    private sealed class Block(Block? outer, bool isLoop, int activeCount, int firstLabel, int firstGoto)
    {
        public Block? Outer { get; } = outer;
        public bool IsLoop { get; } = isLoop;
        public int ActiveCount { get; } = activeCount;
        public int FirstLabel { get; } = firstLabel;
        public int FirstGoto { get; } = firstGoto;

        /// <summary>A variable of the block is some inner function's upvalue.</summary>
        public bool HasUpvalue { get; set; }
    }
}
