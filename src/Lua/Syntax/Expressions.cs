using AirHil.Lua.Values;

namespace AirHil.Lua.Syntax;

/// <summary>
/// A node of the tree. Nodes carry no places: they are in the order of their tokens, so whoever walks the tree and
/// counts tokens knows the place of each (<see cref="TokenTrail"/>).
/// </summary>
internal abstract class Expression;

internal sealed class NilExpression : Expression
{
    public static readonly NilExpression Instance = new();
}

internal sealed class BooleanExpression(bool value) : Expression
{
    public bool Value { get; } = value;
}

internal sealed class NumberExpression(LuaValue value) : Expression
{
    public LuaValue Value { get; } = value;
}

internal sealed class StringExpression(LuaString value) : Expression
{
    public LuaString Value { get; } = value;
}

internal sealed class VarargExpression : Expression;

internal sealed class FunctionExpression(FunctionBody body) : Expression
{
    public FunctionBody Body { get; } = body;
}

internal sealed class NameExpression(LuaString name) : Expression
{
    public LuaString Name { get; } = name;
}

/// <summary>"(e)": one value, and nothing that can be assigned to or called as a statement.</summary>
internal sealed class GroupExpression(Expression inner) : Expression
{
    public Expression Inner { get; } = inner;
}

/// <summary>A name or group and all that is applied to it, left to right: <c>a.b[c](d):e{}</c>.</summary>
internal sealed class SuffixedExpression(Expression primary, List<Suffix> suffixes) : Expression
{
    public Expression Primary { get; } = primary;

    /// <summary>At least one.</summary>
    public List<Suffix> Suffixes { get; } = suffixes;

    public bool IsCall => Suffixes[^1] is CallSuffix or MethodSuffix;
}

internal abstract class Suffix;

/// <summary>".name".</summary>
internal sealed class FieldSuffix(LuaString name) : Suffix
{
    public LuaString Name { get; } = name;
}

/// <summary>"[key]".</summary>
internal sealed class IndexSuffix(Expression key) : Suffix
{
    public Expression Key { get; } = key;
}

internal sealed class CallSuffix(CallArguments arguments) : Suffix
{
    public CallArguments Arguments { get; } = arguments;
}

/// <summary>":name(…)".</summary>
internal sealed class MethodSuffix(LuaString name, CallArguments arguments) : Suffix
{
    public LuaString Name { get; } = name;
    public CallArguments Arguments { get; } = arguments;
}

/// <summary>A call's arguments; a lone string or table may come without parentheses.</summary>
internal readonly record struct CallArguments(List<Expression> Values, bool InParentheses);

internal sealed class UnaryExpression(UnaryOperator op, Expression operand) : Expression
{
    public UnaryOperator Operator { get; } = op;
    public Expression Operand { get; } = operand;
}

/// <summary>
/// An operand and the operations on it, one after the other: <c>a - b - c</c> is flat however long it is. An operand
/// that binds tighter is a chain of its own.
/// </summary>
internal sealed class OperationExpression(Expression first, List<Operation> operations) : Expression
{
    public Expression First { get; } = first;
    public List<Operation> Operations { get; } = operations;
}

internal readonly record struct Operation(BinaryOperator Operator, Expression Right);

internal sealed class TableExpression(List<TableField> fields) : Expression
{
    public List<TableField> Fields { get; } = fields;
}

/// <summary>A name, a bracketed key or neither, with its value; and whether a separator follows.</summary>
internal readonly record struct TableField(LuaString? Name, Expression? Key, Expression Value)
{
    public bool HasSeparator { get; init; }
}

/// <summary>A function's parameters and block. The main chunk is one too.</summary>
internal sealed class FunctionBody(List<LuaString> parameters, bool isVararg, List<Statement> block)
{
    /// <summary>The written ones: a method's "self" is not among them.</summary>
    public List<LuaString> Parameters { get; } = parameters;

    public bool IsVararg { get; } = isVararg;
    public List<Statement> Block { get; } = block;
}
