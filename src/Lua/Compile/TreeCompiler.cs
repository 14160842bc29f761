using AirHil.Lua.Syntax;
using AirHil.Lua.Values;

namespace AirHil.Lua.Compile;

/// <summary>
/// Walks a tree in the order of its tokens and has the builders generate the code. Every <c>Skip</c> stands where the
/// reference's parser takes a token, because that decides the lines of the instructions between.
/// </summary>
internal sealed partial class TreeCompiler
{
    private readonly SyntaxTree _tree;
    private readonly TokenCursor _cursor;
    private readonly Dictionary<ConstantPool.Key, int> _constantPlaces = [];
    private FunctionBuilder _function;

    private TreeCompiler(SyntaxTree tree)
    {
        _tree = tree;
        _cursor = new TokenCursor(tree);
        _function = new FunctionBuilder(_cursor, null, _constantPlaces, 0);
    }

    /// <exception cref="LuaSyntaxException">The tree has an error, or the code would break a limit.</exception>
    public static Prototype Compile(SyntaxTree tree) => new TreeCompiler(tree).Compile();

    /// <summary>The same, and the keys of the table that the reference's scanner leaves behind as garbage.</summary>
    /// <exception cref="LuaSyntaxException">The tree has an error, or the code would break a limit.</exception>
    public static (Prototype Chunk, IEnumerable<LuaValue> Scanned) CompileScanned(SyntaxTree tree)
    {
        var compiler = new TreeCompiler(tree);
        var chunk = compiler.Compile();
        return (chunk, tree.Names.Select(name => (LuaValue)name)
            .Concat(compiler._constantPlaces.Keys.Select(key => key.Value).Where(value => !value.IsNil)));
    }

    private Prototype Compile()
    {
        _function.IsVararg = true;
        _function.AddUpvalue(new UpvalueDescription(NameTable.Environment, true, 0));
        _cursor.Start();
        Block(_tree.Main.Block);
        _cursor.Finish();
        return _function.Build();
    }

    /// <summary>An inner function from its "(" to its "end"; the result is the register of its closure.</summary>
    private Operand Body(FunctionBody body, bool isMethod, int line)
    {
        var outer = _function;
        var child = outer.ReserveChild();
        _function = new FunctionBuilder(_cursor, outer, _constantPlaces, line);
        _cursor.Skip();
        if (isMethod)
        {
            _function.Declare(NameTable.Self);
            _function.Activate(1);
        }

        Parameters(body);
        _cursor.Skip();
        Block(body.Block);
        _function.LastLineDefined = _cursor.Line;
        _cursor.Skip();
        var closure = new Operand(OperandKind.Relocatable, outer.EmitABx(OpCode.Closure, 0, child));
        outer.ToNextRegister(ref closure);
        outer.SetChild(child, _function.Build());
        _function = outer;
        return closure;
    }

    private void Parameters(FunctionBody body)
    {
        for (var i = 0; i < body.Parameters.Count; i++)
        {
            if (i > 0) _cursor.Skip();
            _cursor.Skip();
            _function.Declare(body.Parameters[i]);
        }

        if (body.IsVararg)
        {
            if (body.Parameters.Count > 0) _cursor.Skip();
            _cursor.Skip();
            _function.IsVararg = true;
        }

        _function.Activate(body.Parameters.Count);
        _function.ParameterCount = _function.ActiveCount;
        _function.Reserve(_function.ActiveCount);
    }
}
