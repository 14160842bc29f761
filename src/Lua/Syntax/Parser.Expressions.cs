using AirHil.Lua.Values;

namespace AirHil.Lua.Syntax;

internal sealed partial class Parser
{
    private Expression Expression() => Chain(0);

    private List<Expression> Expressions()
    {
        var list = new List<Expression>(2) { Expression() };
        while (Accept(TokenKind.Comma)) list.Add(Expression());
        return list;
    }

    /// <summary>An operand and all operators that bind tighter than <paramref name="limit"/>.</summary>
    private Expression Chain(int limit)
    {
        Enter();
        Expression first;
        var unary = Operators.Unary(_token.Kind);
        if (unary != UnaryOperator.None)
        {
            Advance();
            first = new UnaryExpression(unary, Chain(Operators.UnaryPriority));
        }
        else
        {
            first = Simple();
        }

        List<Operation>? operations = null;
        var op = Operators.Binary(_token.Kind);
        while (Operators.LeftPriority(op) > limit)
        {
            Advance();
            operations ??= [];
            operations.Add(new Operation(op, Chain(Operators.RightPriority(op))));
            op = Operators.Binary(_token.Kind);
        }

        Leave();
        return operations is null ? first : new OperationExpression(first, operations);
    }

    private Expression Simple()
    {
        Expression node;
        switch (_token.Kind)
        {
            case TokenKind.Integer or TokenKind.Float:
                node = new NumberExpression(_token.Value);
                break;
            case TokenKind.String:
                node = new StringExpression(_token.Value.AsString!);
                break;
            case TokenKind.Nil:
                node = NilExpression.Instance;
                break;
            case TokenKind.True:
                node = new BooleanExpression(true);
                break;
            case TokenKind.False:
                node = new BooleanExpression(false);
                break;
            case TokenKind.Dots:
                if (!_isVararg) Fail("cannot use '...' outside a vararg function");
                node = new VarargExpression();
                break;
            case TokenKind.LeftBrace:
                return Table();
            case TokenKind.Function:
                Advance();
                return new FunctionExpression(Body(Line));
            default:
                return Suffixed();
        }

        Advance();
        return node;
    }

    private Expression Suffixed()
    {
        var line = Line;
        var primary = Primary();
        List<Suffix>? suffixes = null;
        while (true)
        {
            Suffix suffix;
            switch (_token.Kind)
            {
                case TokenKind.Dot:
                    Advance();
                    suffix = new FieldSuffix(Name());
                    break;
                case TokenKind.LeftBracket:
                    suffix = new IndexSuffix(BracketedKey());
                    break;
                case TokenKind.Colon:
                    Advance();
                    var method = Name();
                    suffix = new MethodSuffix(method, Arguments(line));
                    break;
                case TokenKind.LeftParen or TokenKind.String or TokenKind.LeftBrace:
                    suffix = new CallSuffix(Arguments(line));
                    break;
                default:
                    return suffixes is null ? primary : new SuffixedExpression(primary, suffixes);
            }

            suffixes ??= new(2);
            suffixes.Add(suffix);
        }
    }

    private Expression Primary()
    {
        switch (_token.Kind)
        {
            case TokenKind.Name:
                return new NameExpression(Name());
            case TokenKind.LeftParen:
                var line = Line;
                Advance();
                var inner = Expression();
                Close(TokenKind.RightParen, TokenKind.LeftParen, line);
                return new GroupExpression(inner);
            default:
                Fail("unexpected symbol");
                return NilExpression.Instance;
        }
    }

    private Expression BracketedKey()
    {
        Advance();
        var key = Expression();
        Expect(TokenKind.RightBracket);
        return key;
    }

    private CallArguments Arguments(int line)
    {
        switch (_token.Kind)
        {
            case TokenKind.LeftParen:
                Advance();
                var values = _token.Kind == TokenKind.RightParen ? [] : Expressions();
                Close(TokenKind.RightParen, TokenKind.LeftParen, line);
                return new(values, true);
            case TokenKind.LeftBrace:
                return new([Table()], false);
            case TokenKind.String:
                var text = new StringExpression(_token.Value.AsString!);
                Advance();
                return new([text], false);
            default:
                Fail("function arguments expected");
                return new([], true);
        }
    }

    private TableExpression Table()
    {
        var line = Line;
        Expect(TokenKind.LeftBrace);
        var fields = new List<TableField>();
        while (_token.Kind is not (TokenKind.RightBrace or TokenKind.Failed))
        {
            var field = Field();
            var more = Accept(TokenKind.Comma) || Accept(TokenKind.Semicolon);
            fields.Add(field with { HasSeparator = more });
            if (!more) break;
        }

        Close(TokenKind.RightBrace, TokenKind.LeftBrace, line);
        return new TableExpression(fields);
    }

    private TableField Field()
    {
        LuaString? name = null;
        Expression? key = null;
        if (_token.Kind == TokenKind.LeftBracket) key = BracketedKey();
        else if (_token.Kind == TokenKind.Name && LookAhead() == TokenKind.Assign) name = Name();
        else return new(null, null, Expression());
        Expect(TokenKind.Assign);
        return new(name, key, Expression());
    }

    private FunctionBody Body(int line)
    {
        var (outerVararg, outerLine) = (_isVararg, _functionLine);
        (_isVararg, _functionLine) = (false, line);
        Expect(TokenKind.LeftParen);
        var parameters = Parameters();
        Expect(TokenKind.RightParen);
        var body = new FunctionBody(parameters, _isVararg, Block());
        Close(TokenKind.End, TokenKind.Function, line);
        (_isVararg, _functionLine) = (outerVararg, outerLine);
        return body;
    }

    private List<LuaString> Parameters()
    {
        var names = new List<LuaString>(2);
        if (_token.Kind == TokenKind.RightParen) return names;
        do
        {
            switch (_token.Kind)
            {
                case TokenKind.Name:
                    names.Add(Name());
                    break;
                case TokenKind.Dots:
                    Advance();
                    _isVararg = true;
                    break;
                default:
                    Expected("<name> or '...'");
                    break;
            }
        }
        while (!_isVararg && Accept(TokenKind.Comma));

        return names;
    }
}
