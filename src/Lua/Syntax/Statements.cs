using AirHil.Lua.Values;

namespace AirHil.Lua.Syntax;

internal abstract class Statement;

/// <summary>A lone ";".</summary>
internal sealed class EmptyStatement : Statement
{
    public static readonly EmptyStatement Instance = new();
}

internal sealed class LocalStatement(List<LuaString> names, List<Expression> values) : Statement
{
    public List<LuaString> Names { get; } = names;

    /// <summary>Empty where nothing is assigned.</summary>
    public List<Expression> Values { get; } = values;
}

internal sealed class LocalFunctionStatement(LuaString name, FunctionBody body) : Statement
{
    public LuaString Name { get; } = name;
    public FunctionBody Body { get; } = body;
}

/// <summary>"function a.b.c:m(…)".</summary>
internal sealed class FunctionStatement(LuaString name, List<LuaString> fields, LuaString? method, FunctionBody body)
    : Statement
{
    public LuaString Name { get; } = name;
    public List<LuaString> Fields { get; } = fields;
    public LuaString? Method { get; } = method;
    public FunctionBody Body { get; } = body;
}

internal sealed class AssignmentStatement(List<Expression> targets, List<Expression> values) : Statement
{
    public List<Expression> Targets { get; } = targets;
    public List<Expression> Values { get; } = values;
}

internal sealed class CallStatement(Expression call) : Statement
{
    public Expression Call { get; } = call;
}

internal sealed class DoStatement(List<Statement> block) : Statement
{
    public List<Statement> Block { get; } = block;
}

internal sealed class WhileStatement(Expression condition, List<Statement> block) : Statement
{
    public Expression Condition { get; } = condition;
    public List<Statement> Block { get; } = block;
}

internal sealed class RepeatStatement(List<Statement> block, Expression condition) : Statement
{
    public List<Statement> Block { get; } = block;
    public Expression Condition { get; } = condition;
}

internal sealed class IfStatement(List<IfClause> clauses, List<Statement>? otherwise) : Statement
{
    public List<IfClause> Clauses { get; } = clauses;
    public List<Statement>? Otherwise { get; } = otherwise;
}

internal readonly record struct IfClause(Expression Condition, List<Statement> Block);

internal sealed class NumericForStatement(
    LuaString name, Expression start, Expression limit, Expression? step, List<Statement> block) : Statement
{
    public LuaString Name { get; } = name;
    public Expression Start { get; } = start;
    public Expression Limit { get; } = limit;
    public Expression? Step { get; } = step;
    public List<Statement> Block { get; } = block;
}

internal sealed class GenericForStatement(List<LuaString> names, List<Expression> values, List<Statement> block)
    : Statement
{
    public List<LuaString> Names { get; } = names;
    public List<Expression> Values { get; } = values;
    public List<Statement> Block { get; } = block;
}

internal sealed class ReturnStatement(List<Expression> values, bool hasSemicolon) : Statement
{
    public List<Expression> Values { get; } = values;
    public bool HasSemicolon { get; } = hasSemicolon;
}

/// <summary>"goto label", or "break" where there is no label.</summary>
internal sealed class GotoStatement(LuaString? label) : Statement
{
    public LuaString? Label { get; } = label;
}

/// <summary>"::name::" with the empty statements and labels right after it.</summary>
internal sealed class LabelStatement(LuaString name, List<Statement> followers, bool endsBlock) : Statement
{
    public LuaString Name { get; } = name;
    public List<Statement> Followers { get; } = followers;

    /// <summary>Nothing but void statements follow: the block's locals are out of scope at this label.</summary>
    public bool EndsBlock { get; } = endsBlock;
}
