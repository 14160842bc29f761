using System.Runtime.CompilerServices;

namespace AirHil.Lua.Values;

/// <summary>
/// One Lua value in 16 bytes: a reference that is also the type tag, and 64 bits of payload.
/// Nil is the default. Integers, floats and booleans carry a tag object; everything else is its own object.
/// </summary>
/// <remarks>
/// The tags are string literals because the runtime keeps those on its frozen heap: storing one needs no write
/// barrier and comparing with one is a comparison with a constant. No Lua value ever holds a .NET string otherwise.
/// A 32-bit engine stores int32 sign-extended and float32 as the double of the same value, always rounded.
/// </remarks>
public struct LuaValue : IEquatable<LuaValue>
{
    internal const string IntegerTag = "integer";
    internal const string FloatTag = "float";
    internal const string FalseTag = "false";
    internal const string TrueTag = "true";

    internal object? O;
    internal long N;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal LuaValue(object? o, long n)
    {
        O = o;
        N = n;
    }

    public static LuaValue Nil => default;
    public static LuaValue True => new(TrueTag, 0);
    public static LuaValue False => new(FalseTag, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LuaValue Integer(long value) => new(IntegerTag, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LuaValue Float(double value) => new(FloatTag, BitConverter.DoubleToInt64Bits(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LuaValue Boolean(bool value) => new(value ? TrueTag : FalseTag, 0);

    /// <summary>A string, table, function, userdata, light userdata or coroutine; null is nil.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LuaValue Object(LuaObject? value) => new(value, 0);

    public static implicit operator LuaValue(LuaObject? value) => Object(value);
    public static implicit operator LuaValue(bool value) => Boolean(value);
    public static implicit operator LuaValue(int value) => Integer(value);
    public static implicit operator LuaValue(string text) => LuaString.FromText(text);

    public readonly bool IsNil => O is null;
    public readonly bool IsFalsy => O is null || ReferenceEquals(O, FalseTag);
    public readonly bool IsTruthy => !IsFalsy;
    public readonly bool IsBoolean => ReferenceEquals(O, FalseTag) || ReferenceEquals(O, TrueTag);
    public readonly bool IsInteger => ReferenceEquals(O, IntegerTag);
    public readonly bool IsFloat => ReferenceEquals(O, FloatTag);
    public readonly bool IsNumber => IsInteger || IsFloat;

    /// <summary>The integer payload; meaningful only where <see cref="IsInteger"/>.</summary>
    public readonly long AsInteger => N;

    /// <summary>The float payload; meaningful only where <see cref="IsFloat"/>.</summary>
    public readonly double AsFloat => BitConverter.Int64BitsToDouble(N);

    /// <summary>The numeric value as a double, whichever of the two number kinds it is.</summary>
    public readonly double AsNumber => IsInteger ? N : BitConverter.Int64BitsToDouble(N);

    public readonly LuaString? AsString => O as LuaString;
    public readonly LuaTable? AsTable => O as LuaTable;
    public readonly LuaFunction? AsFunction => O as LuaFunction;
    public readonly LuaUserdata? AsUserdata => O as LuaUserdata;
    public readonly LightUserdata? AsLightUserdata => O as LightUserdata;

    /// <summary>
    /// The object of anything but nil, a boolean and a number. Only tags are .NET strings; to ask for that class is one
    /// comparison, where a class that has derived ones is looked for in all its bases.
    /// </summary>
    internal readonly LuaObject? AsObject
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => O is null or string ? null : Unsafe.As<LuaObject>(O);
    }

    public readonly LuaType Type =>
        AsObject is { } obj ? obj.Type : O is null ? LuaType.Nil : IsNumber ? LuaType.Number : LuaType.Boolean;

    /// <summary>The name that Lua's <c>type</c> gives.</summary>
    public readonly string TypeName => NameOf(Type);

    public static string NameOf(LuaType type) => type switch
    {
        LuaType.Nil => "nil",
        LuaType.Boolean => "boolean",
        LuaType.LightUserdata or LuaType.Userdata => "userdata",
        LuaType.Number => "number",
        LuaType.String => "string",
        LuaType.Table => "table",
        LuaType.Function => "function",
        _ => "thread",
    };

    /// <summary>Primitive equality (rawequal): 1 and 1.0 are equal, strings by content, objects by identity.</summary>
    public readonly bool RawEquals(in LuaValue other)
    {
        if (ReferenceEquals(O, other.O))
        {
            return !IsNumber
                || (IsInteger
                    ? N == other.N
                    : AsFloat.Equals(other.AsFloat) ? !double.IsNaN(AsFloat) : AsFloat == other.AsFloat);
        }

        if (O is LuaString a) return other.O is LuaString b && a.ContentEquals(b);
        if (IsInteger && other.IsFloat) return NumberCompare.Equal(N, other.AsFloat);
        if (IsFloat && other.IsInteger) return NumberCompare.Equal(other.N, AsFloat);
        return O is LightUserdata l && other.O is LightUserdata r && l.Target == r.Target;
    }

    public readonly bool Equals(LuaValue other) => RawEquals(other);
    public override readonly bool Equals(object? obj) => obj is LuaValue other && RawEquals(other);

    public override readonly int GetHashCode() =>
        throw new NotSupportedException("A Lua value has no .NET hash code; key on its content instead.");

    public static bool operator ==(LuaValue a, LuaValue b) => a.RawEquals(b);
    public static bool operator !=(LuaValue a, LuaValue b) => !a.RawEquals(b);

    /// <summary>For debuggers and test messages; a script sees <c>tostring</c>.</summary>
    public override readonly string ToString() => O switch
    {
        null => "nil",
        LuaString s => s.ToString(),
        LuaObject obj => obj.GetType().Name,
        _ => IsInteger ? N.ToString(System.Globalization.CultureInfo.InvariantCulture)
            : IsFloat ? AsFloat.ToString("R", System.Globalization.CultureInfo.InvariantCulture)
            : (string)O,
    };
}
