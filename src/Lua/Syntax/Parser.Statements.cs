using AirHil.Lua.Values;

namespace AirHil.Lua.Syntax;

internal sealed partial class Parser
{
    private List<Statement> Block()
    {
        var block = new List<Statement>();
        FillBlock(block);
        return block;
    }

    private void FillBlock(List<Statement> block)
    {
        while (!AtBlockEnd && _token.Kind != TokenKind.Until)
        {
            var isReturn = _token.Kind == TokenKind.Return;
            block.Add(Statement());
            if (isReturn) return;
        }
    }

    private Statement Statement()
    {
        var line = Line;
        Enter();
        var node = Statement(line);
        Leave();
        return node;
    }

    private Statement Statement(int line)
    {
        switch (_token.Kind)
        {
            case TokenKind.Semicolon:
                Advance();
                return EmptyStatement.Instance;
            case TokenKind.If:
                return If(line);
            case TokenKind.While:
                return While(line);
            case TokenKind.Do:
                Advance();
                var block = Block();
                Close(TokenKind.End, TokenKind.Do, line);
                return new DoStatement(block);
            case TokenKind.For:
                return For(line);
            case TokenKind.Repeat:
                return Repeat(line);
            case TokenKind.Function:
                return Function(line);
            case TokenKind.Local:
                Advance();
                return Accept(TokenKind.Function) ? LocalFunction() : Local();
            case TokenKind.DoubleColon:
                Advance();
                return Label();
            case TokenKind.Return:
                return Return();
            case TokenKind.Break or TokenKind.Goto:
                return Goto();
            default:
                return AssignmentOrCall();
        }
    }

    private IfStatement If(int line)
    {
        var clauses = new List<IfClause>(1);
        do
        {
            Advance();
            var condition = Expression();
            Expect(TokenKind.Then);
            var block = new List<Statement>();
            clauses.Add(new(condition, block));

            // A goto or break that comes first is part of the test in the reference, not a statement with its level.
            if (_token.Kind is TokenKind.Goto or TokenKind.Break)
            {
                block.Add(Goto());
                while (Accept(TokenKind.Semicolon)) block.Add(EmptyStatement.Instance);
            }

            FillBlock(block);
        }
        while (_token.Kind == TokenKind.ElseIf);

        var otherwise = Accept(TokenKind.Else) ? Block() : null;
        Close(TokenKind.End, TokenKind.If, line);
        return new IfStatement(clauses, otherwise);
    }

    private WhileStatement While(int line)
    {
        Advance();
        var condition = Expression();
        Expect(TokenKind.Do);
        var block = Block();
        Close(TokenKind.End, TokenKind.While, line);
        return new WhileStatement(condition, block);
    }

    private RepeatStatement Repeat(int line)
    {
        Advance();
        var block = Block();
        Close(TokenKind.Until, TokenKind.Repeat, line);
        return new RepeatStatement(block, Expression());
    }

    private Statement For(int line)
    {
        Advance();
        var name = Name();
        switch (_token.Kind)
        {
            case TokenKind.Assign:
                return NumericFor(name, line);
            case TokenKind.Comma or TokenKind.In:
                return GenericFor(name, line);
            default:
                Expected("'=' or 'in'");
                return new GenericForStatement([name], [NilExpression.Instance], []);
        }
    }

    private NumericForStatement NumericFor(LuaString name, int line)
    {
        Advance();
        var start = Expression();
        Expect(TokenKind.Comma);
        var limit = Expression();
        var step = Accept(TokenKind.Comma) ? Expression() : null;
        return new NumericForStatement(name, start, limit, step, ForBlock(line));
    }

    private GenericForStatement GenericFor(LuaString name, int line)
    {
        var names = new List<LuaString>(2) { name };
        while (Accept(TokenKind.Comma)) names.Add(Name());
        Expect(TokenKind.In);
        return new GenericForStatement(names, Expressions(), ForBlock(line));
    }

    private List<Statement> ForBlock(int line)
    {
        Expect(TokenKind.Do);
        var block = Block();
        Close(TokenKind.End, TokenKind.For, line);
        return block;
    }

    private FunctionStatement Function(int line)
    {
        Advance();
        var name = Name();
        var fields = new List<LuaString>();
        while (Accept(TokenKind.Dot)) fields.Add(Name());
        var method = Accept(TokenKind.Colon) ? Name() : null;
        return new FunctionStatement(name, fields, method, Body(line));
    }

    private LocalFunctionStatement LocalFunction()
    {
        var name = Name();
        return new LocalFunctionStatement(name, Body(Line));
    }

    private LocalStatement Local()
    {
        var names = new List<LuaString>(2);
        do names.Add(Name());
        while (Accept(TokenKind.Comma));
        return new LocalStatement(names, Accept(TokenKind.Assign) ? Expressions() : []);
    }

    private LabelStatement Label()
    {
        var name = Name();
        Expect(TokenKind.DoubleColon);
        var followers = new List<Statement>();
        while (_token.Kind is TokenKind.Semicolon or TokenKind.DoubleColon) followers.Add(Statement());
        return new LabelStatement(name, followers, AtBlockEnd);
    }

    private ReturnStatement Return()
    {
        Advance();
        var none = AtBlockEnd || _token.Kind is TokenKind.Until or TokenKind.Semicolon;
        var values = none ? [] : Expressions();
        return new ReturnStatement(values, Accept(TokenKind.Semicolon));
    }

    private GotoStatement Goto()
    {
        if (Accept(TokenKind.Goto)) return new GotoStatement(Name());
        Advance();
        return new GotoStatement(null);
    }

    private Statement AssignmentOrCall()
    {
        var first = Suffixed();
        if (_token.Kind is not (TokenKind.Assign or TokenKind.Comma))
        {
            if (first is not SuffixedExpression { IsCall: true }) Fail("syntax error");
            return new CallStatement(first);
        }

        var targets = new List<Expression>(1) { first };
        CheckVariable(first);
        while (Accept(TokenKind.Comma))
        {
            var target = Suffixed();
            targets.Add(target);

            // The reference recurses once per variable here.
            CheckLevels(_level + targets.Count - 1);
            CheckVariable(target);
        }

        Expect(TokenKind.Assign);
        return new AssignmentStatement(targets, Expressions());
    }

    private void CheckVariable(Expression target)
    {
        if (target is NameExpression or SuffixedExpression { IsCall: false }) return;
        Fail("syntax error");
    }
}
