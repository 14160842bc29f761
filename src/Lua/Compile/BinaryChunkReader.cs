using System.Buffers.Binary;

using AirHil.Lua.Syntax;
using AirHil.Lua.Values;

namespace AirHil.Lua.Compile;

/// <summary>
/// Reads a <see cref="BinaryChunk"/>. It trusts nothing: lengths are held against the bytes that are there, and code
/// that could reach outside its registers, constants or jumps is refused (<see cref="CodeCheck"/>).
/// </summary>
internal ref struct BinaryChunkReader
{
    private const int DeepestNesting = 200;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly NumberModel _model;
    private readonly string _name;
    private int _position;

    private BinaryChunkReader(ReadOnlySpan<byte> bytes, LuaString chunkName, NumberModel model)
    {
        _bytes = bytes;
        _model = model;
        _name = BinaryChunk.NameOf(chunkName);
    }

    /// <exception cref="LuaSyntaxException">The bytes are no chunk of this number model, end too soon or hold unsound
    /// code.</exception>
    public static Prototype Read(ReadOnlySpan<byte> bytes, LuaString chunkName, NumberModel model)
    {
        var reader = new BinaryChunkReader(bytes, chunkName, model);
        reader.Header();
        var upvalues = reader.Byte();
        var function = reader.Function(null, 0);
        if (function.Upvalues.Length != upvalues || !CodeCheck.IsSound(function)) throw reader.Error("bad code in");
        return function;
    }

    private void Header()
    {
        Expect(BinaryChunk.Signature, "not a");
        Expect(BinaryChunk.Version[..1], "version mismatch in");
        Expect(BinaryChunk.Version[1..], "format mismatch in");
        Expect(BinaryChunk.SpoiltByText, "corrupted");
        var sizes = BinaryChunk.Sizes(_model);
        string[] names = ["int", "size_t", "Instruction", "lua_Integer", "lua_Number"];
        for (var i = 0; i < sizes.Length; i++)
        {
            if (Byte() != sizes[i]) throw Error($"{names[i]} size mismatch in");
        }

        if (Integer() != BinaryChunk.CheckInteger) throw Error("endianness mismatch in");
        if (!Float().Equals(BinaryChunk.CheckFloat)) throw Error("float format mismatch in");
    }

    private Prototype Function(LuaString? outerSource, int depth)
    {
        if (depth > DeepestNesting) throw Error("bad code in");
        var source = String() ?? outerSource;
        var lineDefined = Int();
        var lastLineDefined = Int();
        var parameters = Byte();
        var isVararg = Byte() != 0;
        var registers = Byte();
        var code = new uint[Count(4)];
        for (var i = 0; i < code.Length; i++) code[i] = (uint)Int();
        var constants = new LuaValue[Count(1)];
        for (var i = 0; i < constants.Length; i++) constants[i] = Constant();
        var upvalues = new UpvalueDescription[Count(2)];
        for (var i = 0; i < upvalues.Length; i++) upvalues[i] = new UpvalueDescription(null, Byte() != 0, Byte());
        var children = new Prototype[Count(1)];
        for (var i = 0; i < children.Length; i++) children[i] = Function(source, depth + 1);
        var lines = new int[Count(4)];
        for (var i = 0; i < lines.Length; i++) lines[i] = Int();
        var locals = new LocalVariable[Count(9)];
        for (var i = 0; i < locals.Length; i++)
        {
            locals[i] = new LocalVariable(String() ?? LuaString.Empty, Int(), Int());
        }

        var names = Count(1);
        if (names > upvalues.Length) throw Error("bad code in");
        for (var i = 0; i < names; i++) upvalues[i] = upvalues[i] with { Name = String() };
        return new Prototype
        {
            Code = code,
            Constants = constants,
            Children = children,
            Upvalues = upvalues,
            Lines = lines,
            Locals = locals,
            Source = source ?? BinaryChunk.NoSource,
            LineDefined = lineDefined,
            LastLineDefined = lastLineDefined,
            ParameterCount = parameters,
            IsVararg = isVararg,
            MaxStackSize = registers,
        };
    }

    private LuaValue Constant() => Byte() switch
    {
        BinaryChunk.NilConstant => LuaValue.Nil,
        BinaryChunk.BooleanConstant => LuaValue.Boolean(Byte() != 0),
        BinaryChunk.IntegerConstant => LuaValue.Integer(Integer()),
        BinaryChunk.FloatConstant => LuaValue.Float(Float()),
        BinaryChunk.ShortStringConstant or BinaryChunk.LongStringConstant => String() ?? throw Error("bad code in"),
        _ => throw Error("bad code in"),
    };

    private LuaString? String()
    {
        long size = Byte();
        if (size == BinaryChunk.LongLength) size = Integer();
        if (size == 0) return null;
        return size > 0 ? LuaString.FromBytes(Take(size - 1)) : throw Error("truncated");
    }

    /// <summary>The number of elements that follow, each of so many bytes at least.</summary>
    private int Count(int bytesEach)
    {
        var count = Int();
        return count >= 0 && (long)count * bytesEach <= _bytes.Length - _position ? count : throw Error("truncated");
    }

    private byte Byte() => Take(1)[0];

    private int Int() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    private long Integer() => _model.Bits == 32 ? Int() : BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    private double Float() => _model.Bits == 32
        ? BitConverter.Int32BitsToSingle(Int())
        : BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    private void Expect(ReadOnlySpan<byte> bytes, string otherwise)
    {
        if (!Take(bytes.Length).SequenceEqual(bytes)) throw Error(otherwise);
    }

    private ReadOnlySpan<byte> Take(long count)
    {
        if (count > _bytes.Length - _position) throw Error("truncated");
        var taken = _bytes.Slice(_position, (int)count);
        _position += (int)count;
        return taken;
    }

    private readonly LuaSyntaxException Error(string why) => new($"{_name}: {why} precompiled chunk", 0);
}
