using AirHil.Lua.Syntax;
using AirHil.Lua.Values;

namespace AirHil.Lua.Compile;

internal sealed partial class TreeCompiler
{
    private Operand Expression(Expression node)
    {
        switch (node)
        {
            case NameExpression name:
                return Name(name.Name);
            case SuffixedExpression suffixed:
                return Suffixed(suffixed);
            case StringExpression text:
                return Taken(_function.StringConstant(text.Value));
            case NumberExpression number:
                return Taken(number.Value.IsInteger
                    ? Operand.Integer(number.Value.AsInteger)
                    : Operand.Float(number.Value.AsFloat));
            case OperationExpression chain:
                return Operations(chain);
            case UnaryExpression unary:
                var line = _cursor.Line;
                _cursor.Skip();
                var operand = Expression(unary.Operand);
                _function.Unary(unary.Operator, ref operand, line);
                return operand;
            case NilExpression:
                return Taken(new Operand(OperandKind.Nil));
            case BooleanExpression boolean:
                return Taken(new Operand(boolean.Value ? OperandKind.True : OperandKind.False));
            case VarargExpression:
                return Taken(new Operand(OperandKind.Vararg, _function.Emit(OpCode.Vararg, 0, 1, 0)));
            case TableExpression table:
                return Table(table);
            case FunctionExpression function:
                _cursor.Skip();
                return Body(function.Body, isMethod: false, _cursor.Line);
            case GroupExpression group:
                _cursor.Skip();
                var inner = Expression(group.Inner);
                _cursor.Skip();
                _function.Discharge(ref inner);
                return inner;
            default:
                throw new InvalidOperationException($"No code for {node.GetType().Name}.");
        }
    }

    /// <summary>All but the last go to registers, one after the other; the result is the last.</summary>
    private Operand Expressions(List<Expression> list)
    {
        var last = Expression(list[0]);
        for (var i = 1; i < list.Count; i++)
        {
            _cursor.Skip();
            _function.ToNextRegister(ref last);
            last = Expression(list[i]);
        }

        return last;
    }

    /// <summary>An operand of a single token, which is taken now.</summary>
    private Operand Taken(Operand operand)
    {
        _cursor.Skip();
        return operand;
    }

    private Operand Name(LuaString name)
    {
        _cursor.Skip();
        var variable = _function.FindVariable(name, isUsedHere: true);
        if (variable.Kind != OperandKind.None) return variable;
        variable = _function.FindVariable(NameTable.Environment, isUsedHere: true);
        var key = _function.StringConstant(name);
        _function.Index(ref variable, ref key);
        return variable;
    }

    private Operand Operations(OperationExpression chain)
    {
        var left = Expression(chain.First);
        foreach (var (op, node) in chain.Operations)
        {
            var line = _cursor.Line;
            _cursor.Skip();
            _function.BeginBinary(op, ref left);
            var right = Expression(node);
            _function.EndBinary(op, ref left, ref right, line);
        }

        return left;
    }

    private Operand Suffixed(SuffixedExpression node)
    {
        var line = _cursor.Line;
        var value = Expression(node.Primary);
        foreach (var suffix in node.Suffixes)
        {
            switch (suffix)
            {
                case FieldSuffix field:
                    Field(ref value, field.Name);
                    break;
                case IndexSuffix index:
                    _function.ToAnyRegisterOrUpvalue(ref value);
                    var key = BracketedKey(index.Key);
                    _function.Index(ref value, ref key);
                    break;
                case CallSuffix call:
                    _function.ToNextRegister(ref value);
                    Call(ref value, call.Arguments, line);
                    break;
                case MethodSuffix method:
                    _cursor.Skip(2);
                    var name = _function.StringConstant(method.Name);
                    _function.Self(ref value, ref name);
                    Call(ref value, method.Arguments, line);
                    break;
            }
        }

        return value;
    }

    private void Field(ref Operand value, LuaString name)
    {
        _function.ToAnyRegisterOrUpvalue(ref value);
        _cursor.Skip(2);
        var key = _function.StringConstant(name);
        _function.Index(ref value, ref key);
    }

    private Operand BracketedKey(Expression node)
    {
        _cursor.Skip();
        var key = Expression(node);
        _function.ToValue(ref key);
        _cursor.Skip();
        return key;
    }

    private void Call(ref Operand function, in CallArguments arguments, int line)
    {
        if (arguments.InParentheses) _cursor.Skip();
        var last = new Operand(OperandKind.None);
        if (arguments.Values.Count > 0) last = Expressions(arguments.Values);
        var isOpen = last.IsMultiple;
        if (isOpen) _function.SetResults(ref last, -1);
        if (arguments.InParentheses) _cursor.Skip();
        var register = function.Info;
        if (!isOpen && last.Kind != OperandKind.None) _function.ToNextRegister(ref last);
        var count = isOpen ? -1 : _function.FreeRegister - (register + 1);
        function = new Operand(OperandKind.Call, _function.Emit(OpCode.Call, register, count + 1, 2));
        _function.FixLine(line);
        _function.ReleaseAbove(register);
    }

    private Operand Table(TableExpression node)
    {
        var pc = _function.Emit(OpCode.NewTable, 0, 0, 0);
        var table = new Operand(OperandKind.Relocatable, pc);
        _function.ToNextRegister(ref table);
        _cursor.Skip();
        var items = new TableItems(_function, table.Info);
        var named = 0;
        foreach (var field in node.Fields)
        {
            items.Close();
            if (field.Name is null && field.Key is null)
            {
                items.Add(Expression(field.Value));
            }
            else
            {
                NamedField(table.Info, field);
                named++;
            }

            if (field.HasSeparator) _cursor.Skip();
        }

        _cursor.Skip();
        items.CloseLast();
        _function.SetB(pc, FloatingByte(items.Count));
        _function.SetC(pc, FloatingByte(named));
        return table;
    }

    private void NamedField(int table, in TableField field)
    {
        var free = _function.FreeRegister;
        Operand key;
        if (field.Name is not null)
        {
            _cursor.Skip();
            key = _function.StringConstant(field.Name);
        }
        else
        {
            key = BracketedKey(field.Key!);
        }

        _cursor.Skip();
        var keyArgument = _function.ToRegisterOrConstant(ref key);
        var value = Expression(field.Value);
        var valueArgument = _function.ToRegisterOrConstant(ref value);
        _function.Emit(OpCode.SetTable, table, keyArgument, valueArgument);
        _function.ReleaseAbove(free - 1);
    }

    /// <summary>A size hint as eeeeexxx: (1xxx) * 2^(eeeee - 1), or xxx where eeeee is 0 (luaO_int2fb).</summary>
    private static int FloatingByte(int size)
    {
        if (size < 8) return size;
        var exponent = 0;
        for (; size >= 16; exponent++) size = (size + 1) >> 1;
        return ((exponent + 1) << 3) | (size - 8);
    }

    /// <summary>The positional values of a table constructor, which are stored fifty at a time.</summary>
    private struct TableItems(FunctionBuilder function, int table)
    {
        private Operand _open = new(OperandKind.None);
        private int _waiting;

        public int Count { get; private set; }

        public void Add(Operand value)
        {
            _open = value;
            Count++;
            _waiting++;
        }

        public void Close()
        {
            if (_open.Kind == OperandKind.None) return;
            function.ToNextRegister(ref _open);
            _open = new(OperandKind.None);
            if (_waiting < FunctionBuilder.FieldsPerFlush) return;
            function.SetList(table, Count, _waiting);
            _waiting = 0;
        }

        public void CloseLast()
        {
            if (_waiting == 0) return;
            if (_open.IsMultiple)
            {
                function.SetResults(ref _open, -1);
                function.SetList(table, Count, -1);
                Count--;
                return;
            }

            if (_open.Kind != OperandKind.None) function.ToNextRegister(ref _open);
            function.SetList(table, Count, _waiting);
        }
    }
}
