namespace AirHil.Lua.Tests.Differential;

/// <summary>
/// A sequence of random numbers that is read as decisions; beyond its end every decision is the first one.
/// </summary>
internal sealed class Choices(uint[] numbers)
{
    private int _position;

    /// <summary>A number from 0 to one below <paramref name="count"/>.</summary>
    public int Next(int count) => _position < numbers.Length ? (int)(numbers[_position++] % (uint)count) : 0;

    /// <summary>True in one of so many cases.</summary>
    public bool OneIn(int count) => Next(count) == count - 1;

    public string Of(params ReadOnlySpan<string> options) => options[Next(options.Length)];

    /// <summary>Whether all numbers are used up.</summary>
    public bool Exhausted => _position >= numbers.Length;
}
