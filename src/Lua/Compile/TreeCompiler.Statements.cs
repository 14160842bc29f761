using AirHil.Lua.Syntax;
using AirHil.Lua.Values;

namespace AirHil.Lua.Compile;

internal sealed partial class TreeCompiler
{
    private void Block(List<Statement> block, int start = 0)
    {
        for (var i = start; i < block.Count; i++) Statement(block[i]);
    }

    private void ScopedBlock(List<Statement> block)
    {
        _function.EnterBlock(isLoop: false);
        Block(block);
        _function.LeaveBlock();
    }

    private void Statement(Statement node)
    {
        var line = _cursor.Line;
        switch (node)
        {
            case LocalStatement local:
                Local(local);
                break;
            case AssignmentStatement assignment:
                Assignment(assignment);
                break;
            case CallStatement call:
                var result = Expression(call.Call);
                if (result.Kind != OperandKind.Call) _cursor.Finish();
                _function.SetC(result.Info, 1);
                break;
            case IfStatement conditional:
                If(conditional);
                break;
            case ReturnStatement returned:
                Return(returned);
                break;
            case FunctionStatement function:
                Function(function, line);
                break;
            case LocalFunctionStatement function:
                LocalFunction(function);
                break;
            case WhileStatement loop:
                While(loop);
                break;
            case NumericForStatement loop:
                NumericFor(loop, line);
                break;
            case GenericForStatement loop:
                GenericFor(loop);
                break;
            case RepeatStatement loop:
                Repeat(loop);
                break;
            case DoStatement block:
                _cursor.Skip();
                ScopedBlock(block.Block);
                _cursor.Skip();
                break;
            case GotoStatement jump:
                Goto(jump, _function.Jump());
                break;
            case LabelStatement label:
                Label(label, line);
                break;
            case EmptyStatement:
                _cursor.Skip();
                break;
            default:
                throw new InvalidOperationException($"No code for {node.GetType().Name}.");
        }

        _function.ReleaseTemporaries();
    }

    private void Local(LocalStatement node)
    {
        _cursor.Skip();
        Names(node.Names);
        var last = new Operand(OperandKind.None);
        if (node.Values.Count > 0)
        {
            _cursor.Skip();
            last = Expressions(node.Values);
        }

        Adjust(node.Names.Count, node.Values.Count, ref last);
        _function.Activate(node.Names.Count);
    }

    private void Names(List<LuaString> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (i > 0) _cursor.Skip();
            _cursor.Skip();
            _function.Declare(names[i]);
        }
    }

    /// <summary>Brings a list of values, whose last is still open, to the number of variables.</summary>
    private void Adjust(int variables, int values, ref Operand last)
    {
        var missing = variables - values;
        if (last.IsMultiple)
        {
            missing = Math.Max(missing + 1, 0);
            _function.SetResults(ref last, missing);
            if (missing > 1) _function.Reserve(missing - 1);
        }
        else
        {
            if (last.Kind != OperandKind.None) _function.ToNextRegister(ref last);
            if (missing > 0)
            {
                var first = _function.FreeRegister;
                _function.Reserve(missing);
                _function.LoadNil(first, missing);
            }
        }

        if (values > variables) _function.Release(values - variables);
    }

    private void Assignment(AssignmentStatement node)
    {
        var targets = new Operand[node.Targets.Count];
        for (var i = 0; i < targets.Length; i++)
        {
            if (i > 0) _cursor.Skip();
            targets[i] = Expression(node.Targets[i]);
            if (i == 0 || targets[i].Kind == OperandKind.Indexed) continue;
            ProtectFromAssignment(targets.AsSpan(0, i), targets[i]);
        }

        _cursor.Skip();
        var last = Expressions(node.Values);
        var stored = targets.Length;
        if (node.Values.Count == targets.Length)
        {
            _function.SetOneResult(ref last);
            _function.Store(targets[--stored], ref last);
        }
        else
        {
            Adjust(targets.Length, node.Values.Count, ref last);
        }

        while (stored > 0)
        {
            var value = new Operand(OperandKind.Register, _function.FreeRegister - 1);
            _function.Store(targets[--stored], ref value);
        }
    }

    /// <summary>
    /// Where earlier targets are indexed through a variable that is itself assigned now, they use a copy of it.
    /// </summary>
    private void ProtectFromAssignment(Span<Operand> earlier, in Operand variable)
    {
        var copy = _function.FreeRegister;
        var isNeeded = false;
        foreach (ref var target in earlier)
        {
            if (target.Kind != OperandKind.Indexed) continue;
            var holdsTable = target.TableIsUpvalue ? OperandKind.Upvalue : OperandKind.Local;
            if (holdsTable == variable.Kind && target.Info == variable.Info)
            {
                isNeeded = true;
                target.TableIsUpvalue = false;
                target.Info = copy;
            }

            if (variable.Kind == OperandKind.Local && target.Key == variable.Info)
            {
                isNeeded = true;
                target.Key = copy;
            }
        }

        if (!isNeeded) return;
        var op = variable.Kind == OperandKind.Local ? OpCode.Move : OpCode.GetUpval;
        _function.Emit(op, copy, variable.Info, 0);
        _function.Reserve(1);
    }

    private void If(IfStatement node)
    {
        var ends = JumpList.Empty;
        for (var i = 0; i < node.Clauses.Count; i++)
        {
            var isLast = i == node.Clauses.Count - 1 && node.Otherwise is null;
            Clause(node.Clauses[i], isLast, ref ends);
        }

        if (node.Otherwise is not null)
        {
            _cursor.Skip();
            ScopedBlock(node.Otherwise);
        }

        _cursor.Skip();
        _function.PatchToHere(ends);
    }

    private void Clause(in IfClause clause, bool isLast, ref int ends)
    {
        _cursor.Skip();
        var condition = Expression(clause.Condition);
        _cursor.Skip();
        var block = clause.Block;
        var next = 0;
        int otherwise;
        if (block.Count > 0 && block[0] is GotoStatement jump)
        {
            // The test itself jumps to the label.
            _function.GoIfFalse(ref condition);
            _function.EnterBlock(isLoop: false);
            Goto(jump, condition.WhenTrue);
            for (next = 1; next < block.Count && block[next] is EmptyStatement; next++) _cursor.Skip();
            if (next == block.Count)
            {
                _function.LeaveBlock();
                return;
            }

            otherwise = _function.Jump();
        }
        else
        {
            _function.GoIfTrue(ref condition);
            _function.EnterBlock(isLoop: false);
            otherwise = condition.WhenFalse;
        }

        Block(block, next);
        _function.LeaveBlock();
        if (!isLast) _function.Prepend(ref ends, _function.Jump());
        _function.PatchToHere(otherwise);
    }

    private int Condition(Expression node)
    {
        var condition = Expression(node);
        if (condition.Kind == OperandKind.Nil) condition.Kind = OperandKind.False;
        _function.GoIfTrue(ref condition);
        return condition.WhenFalse;
    }

    private void While(WhileStatement node)
    {
        _cursor.Skip();
        var head = _function.MarkTarget();
        var exit = Condition(node.Condition);
        _function.EnterBlock(isLoop: true);
        _cursor.Skip();
        ScopedBlock(node.Block);
        _function.JumpTo(head);
        _cursor.Skip();
        _function.LeaveBlock();
        _function.PatchToHere(exit);
    }

    private void Repeat(RepeatStatement node)
    {
        var head = _function.MarkTarget();
        _function.EnterBlock(isLoop: true);
        _function.EnterBlock(isLoop: false);
        _cursor.Skip();
        Block(node.Block);
        _cursor.Skip();
        var exit = Condition(node.Condition);
        _function.CloseUpvaluesOfBlock(exit);
        _function.LeaveBlock();
        _function.PatchList(exit, head);
        _function.LeaveBlock();
    }

    private void NumericFor(NumericForStatement node, int line)
    {
        _function.EnterBlock(isLoop: true);
        _cursor.Skip(2);
        var register = _function.FreeRegister;
        _function.Declare(ForNames.Index);
        _function.Declare(ForNames.Limit);
        _function.Declare(ForNames.Step);
        _function.Declare(node.Name);
        _cursor.Skip();
        ToNextRegister(node.Start);
        _cursor.Skip();
        ToNextRegister(node.Limit);
        if (node.Step is not null)
        {
            _cursor.Skip();
            ToNextRegister(node.Step);
        }
        else
        {
            _function.LoadConstant(_function.FreeRegister, _function.IntegerConstant(1));
            _function.Reserve(1);
        }

        _function.Activate(3);
        _cursor.Skip();
        var prepare = _function.EmitAsBx(OpCode.ForPrep, register, JumpList.Empty);
        ForBlock(node.Block, 1);
        _function.PatchToHere(prepare);
        var loop = _function.EmitAsBx(OpCode.ForLoop, register, JumpList.Empty);
        EndFor(loop, prepare, line);
    }

    private void GenericFor(GenericForStatement node)
    {
        _function.EnterBlock(isLoop: true);
        _cursor.Skip(2);
        var register = _function.FreeRegister;
        _function.Declare(ForNames.Generator);
        _function.Declare(ForNames.State);
        _function.Declare(ForNames.Control);
        _function.Declare(node.Names[0]);
        for (var i = 1; i < node.Names.Count; i++)
        {
            _cursor.Skip(2);
            _function.Declare(node.Names[i]);
        }

        _cursor.Skip();
        var line = _cursor.Line;
        var last = Expressions(node.Values);
        Adjust(3, node.Values.Count, ref last);
        _function.CheckStack(3);
        _function.Activate(3);
        _cursor.Skip();
        var prepare = _function.Jump();
        ForBlock(node.Block, node.Names.Count);
        _function.PatchToHere(prepare);
        _function.Emit(OpCode.TForCall, register, 0, node.Names.Count);
        _function.FixLine(line);
        var loop = _function.EmitAsBx(OpCode.TForLoop, register + 2, JumpList.Empty);
        EndFor(loop, prepare, line);
    }

    private void ForBlock(List<Statement> block, int variables)
    {
        _function.EnterBlock(isLoop: false);
        _function.Activate(variables);
        _function.Reserve(variables);
        ScopedBlock(block);
        _function.LeaveBlock();
    }

    private void EndFor(int loop, int prepare, int line)
    {
        _function.PatchList(loop, prepare + 1);
        _function.FixLine(line);
        _cursor.Skip();
        _function.LeaveBlock();
    }

    private void ToNextRegister(Expression node)
    {
        var value = Expression(node);
        _function.ToNextRegister(ref value);
    }

    private void Function(FunctionStatement node, int line)
    {
        _cursor.Skip();
        var target = Name(node.Name);
        foreach (var field in node.Fields) Field(ref target, field);
        if (node.Method is not null) Field(ref target, node.Method);
        var closure = Body(node.Body, node.Method is not null, line);
        _function.Store(target, ref closure);
        _function.FixLine(line);
    }

    private void LocalFunction(LocalFunctionStatement node)
    {
        _cursor.Skip(3);
        _function.Declare(node.Name);
        _function.Activate(1);
        var closure = Body(node.Body, isMethod: false, _cursor.Line);
        _function.SetStart(closure.Info);
    }

    private void Return(ReturnStatement node)
    {
        _cursor.Skip();
        var first = 0;
        var count = node.Values.Count;
        if (count > 0)
        {
            var last = Expressions(node.Values);
            first = _function.ActiveCount;
            if (last.IsMultiple)
            {
                _function.SetResults(ref last, -1);
                if (last.Kind == OperandKind.Call && count == 1) _function.MakeTailCall(last.Info);
                count = -1;
            }
            else if (count == 1)
            {
                first = _function.ToAnyRegister(ref last);
            }
            else
            {
                _function.ToNextRegister(ref last);
            }
        }

        _function.Return(first, count);
        if (node.HasSemicolon) _cursor.Skip();
    }

    private void Goto(GotoStatement node, int jump)
    {
        var line = _cursor.Line;
        _cursor.Skip(node.Label is null ? 1 : 2);
        _function.Goto(node.Label, jump, line);
    }

    private void Label(LabelStatement node, int line)
    {
        _cursor.Skip(2);
        _function.CheckNewLabel(node.Name);
        _cursor.Skip();
        var label = _function.AddLabel(node.Name, line);
        Block(node.Followers);
        _function.FinishLabel(label, node.EndsBlock);
    }

    /// <summary>The names of a loop's hidden variables, which debug information shows.</summary>
    private static class ForNames
    {
        public static readonly LuaString Index = LuaString.FromText("(for index)");
        public static readonly LuaString Limit = LuaString.FromText("(for limit)");
        public static readonly LuaString Step = LuaString.FromText("(for step)");
        public static readonly LuaString Generator = LuaString.FromText("(for generator)");
        public static readonly LuaString State = LuaString.FromText("(for state)");
        public static readonly LuaString Control = LuaString.FromText("(for control)");
    }
}
