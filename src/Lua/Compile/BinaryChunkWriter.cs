using System.Buffers;
using System.Buffers.Binary;

using AirHil.Lua.Values;

namespace AirHil.Lua.Compile;

/// <summary>Writes a compiled function as a <see cref="BinaryChunk"/>.</summary>
internal sealed class BinaryChunkWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly NumberModel _model;
    private readonly bool _strips;

    private BinaryChunkWriter(NumberModel model, bool strips)
    {
        _model = model;
        _strips = strips;
    }

    /// <param name="function">The function to write, with all functions in it.</param>
    /// <param name="model">The number model that it was compiled for.</param>
    /// <param name="strips">Leaves out names, lines and the source's name.</param>
    public static byte[] Write(Prototype function, NumberModel model, bool strips)
    {
        var writer = new BinaryChunkWriter(model, strips);
        writer.Header();
        writer.Byte(function.Upvalues.Length);
        writer.Function(function, null);
        return writer._bytes.WrittenSpan.ToArray();
    }

    private void Header()
    {
        _bytes.Write(BinaryChunk.Signature);
        _bytes.Write(BinaryChunk.Version);
        _bytes.Write(BinaryChunk.SpoiltByText);
        _bytes.Write(BinaryChunk.Sizes(_model));
        Integer(BinaryChunk.CheckInteger);
        Float(BinaryChunk.CheckFloat);
    }

    private void Function(Prototype function, LuaString? outerSource)
    {
        var source = function.Source;
        var hasSource = !_strips && !source.Equals(BinaryChunk.NoSource);
        String(!hasSource || outerSource is not null && source.Equals(outerSource) ? null : source);
        Int(function.LineDefined);
        Int(function.LastLineDefined);
        Byte(function.ParameterCount);
        Byte(function.IsVararg ? 1 : 0);
        Byte(function.MaxStackSize);
        Int(function.Code.Length);
        foreach (var instruction in function.Code) Int((int)instruction);
        Int(function.Constants.Length);
        foreach (ref readonly var constant in function.Constants.AsSpan()) Constant(constant);
        Int(function.Upvalues.Length);
        foreach (ref readonly var upvalue in function.Upvalues.AsSpan())
        {
            Byte(upvalue.InStack ? 1 : 0);
            Byte(upvalue.Index);
        }

        Int(function.Children.Length);
        foreach (var child in function.Children) Function(child, source);
        DebugInformation(function);
    }

    private void DebugInformation(Prototype function)
    {
        Int(_strips ? 0 : function.Lines.Length);
        if (!_strips) foreach (var line in function.Lines) Int(line);
        Int(_strips ? 0 : function.Locals.Length);
        if (!_strips)
        {
            foreach (ref readonly var local in function.Locals.AsSpan())
            {
                String(local.Name);
                Int(local.StartPc);
                Int(local.EndPc);
            }
        }

        Int(_strips ? 0 : function.Upvalues.Length);
        if (!_strips) foreach (ref readonly var upvalue in function.Upvalues.AsSpan()) String(upvalue.Name);
    }

    private void Constant(in LuaValue constant)
    {
        if (constant.IsNil) Byte(BinaryChunk.NilConstant);
        else if (constant.IsBoolean)
        {
            Byte(BinaryChunk.BooleanConstant);
            Byte(constant.IsTruthy ? 1 : 0);
        }
        else if (constant.IsInteger)
        {
            Byte(BinaryChunk.IntegerConstant);
            Integer(constant.AsInteger);
        }
        else if (constant.IsFloat)
        {
            Byte(BinaryChunk.FloatConstant);
            Float(constant.AsFloat);
        }
        else
        {
            var text = constant.AsString!;
            Byte(text.Length <= BinaryChunk.LongestShortString
                ? BinaryChunk.ShortStringConstant
                : BinaryChunk.LongStringConstant);
            String(text);
        }
    }

    private void String(LuaString? text)
    {
        if (text is null)
        {
            Byte(0);
            return;
        }

        var size = text.Length + 1;
        if (size < BinaryChunk.LongLength) Byte(size);
        else
        {
            Byte(BinaryChunk.LongLength);
            Integer(size);
        }

        _bytes.Write(text.Span);
    }

    private void Byte(int value) => _bytes.Write([(byte)value]);

    private void Int(int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        _bytes.Write(bytes);
    }

    private void Integer(long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        _bytes.Write(bytes[..(_model.Bits / 8)]);
    }

    private void Float(double value)
    {
        if (_model.Bits == 32)
        {
            Int(BitConverter.SingleToInt32Bits((float)value));
            return;
        }

        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        _bytes.Write(bytes);
    }
}
