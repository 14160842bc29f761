using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace AirHil.Rig.Service.Mqtt;

/// <summary>Reads the fields of a packet one after another; after the first that is not there all are empty.</summary>
internal ref struct MqttCursor(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _left = bytes;

    /// <summary>What was wrong first; null: nothing.</summary>
    public string? Wrong { get; private set; }

    public readonly bool IsAtEnd => _left.IsEmpty;

    public void Fail(string wrong)
    {
        Wrong ??= wrong;
        _left = default;
    }

    public int Byte()
    {
        if (_left.IsEmpty)
        {
            Fail("the packet is too short");
            return 0;
        }

        var value = _left[0];
        _left = _left[1..];
        return value;
    }

    public int Number()
    {
        if (_left.Length < 2)
        {
            Fail("the packet is too short");
            return 0;
        }

        var value = BinaryPrimitives.ReadUInt16BigEndian(_left);
        _left = _left[2..];
        return value;
    }

    /// <summary>An identifier, which is never 0 (§2.3.1).</summary>
    public int Id()
    {
        var id = Number();
        if (Wrong is null && id == 0) Fail("the packet's identifier is 0");
        return id;
    }

    public byte[] Binary()
    {
        var length = Number();
        if (Wrong is null && _left.Length < length) Fail("the packet is too short");
        if (Wrong is not null) return [];
        var value = _left[..length].ToArray();
        _left = _left[length..];
        return value;
    }

    /// <summary>UTF-8 without U+0000 (§1.5.3).</summary>
    public string Text()
    {
        var value = Binary();
        if (!Utf8.IsValid(value)) Fail("a text that is not UTF-8");
        else if (value.AsSpan().Contains((byte)0)) Fail("a text with U+0000");
        return Wrong is null ? Encoding.UTF8.GetString(value) : "";
    }

    public byte[] Rest()
    {
        var value = _left.ToArray();
        _left = default;
        return value;
    }
}
