using System.Globalization;
using AirHil.Lua.Arithmetic;
using AirHil.Tests;

namespace AirHil.Lua.Tests.Arithmetic;

/// <summary>
/// The elementary functions are correctly rounded. The rows of elementary.txt (function, arguments and result as the
/// bits of doubles) were computed with 400 bits by the independent library mpmath and then rounded.
/// </summary>
public sealed class ElementaryFunctionTests
{
    private static readonly Dictionary<string, Func<double, double, double>> Functions = new()
    {
        ["sin"] = (x, _) => Trigonometry.Sin(x),
        ["cos"] = (x, _) => Trigonometry.Cos(x),
        ["tan"] = (x, _) => Trigonometry.Tan(x),
        ["asin"] = (x, _) => Trigonometry.Asin(x),
        ["acos"] = (x, _) => Trigonometry.Acos(x),
        ["atan2"] = Trigonometry.Atan2,
        ["exp"] = (x, _) => Exponentials.Exp(x),
        ["log"] = (x, _) => Exponentials.Log(x),
        ["log2"] = (x, _) => Exponentials.Log2(x),
        ["log10"] = (x, _) => Exponentials.Log10(x),
        ["sinh"] = (x, _) => Exponentials.Sinh(x),
        ["cosh"] = (x, _) => Exponentials.Cosh(x),
        ["tanh"] = (x, _) => Exponentials.Tanh(x),
        ["pow"] = Exponentials.Pow,
    };

    [Fact]
    public void Every_result_is_the_nearest_double()
    {
        var file = Path.Combine(RepositoryRoot.Path, "tests", "Lua", "Arithmetic", "elementary.txt");
        var rows = File.ReadAllLines(file);
        rows.Length.ShouldBeGreaterThan(200);
        rows.Where(row => !Holds(row.Split(' '))).ShouldBeEmpty();
    }

    /// <summary>C99, appendix F.9, where the library has its own path.</summary>
    [Theory]
    [InlineData("pow", double.NaN, 0.0, 1.0)]
    [InlineData("pow", 1.0, double.NaN, 1.0)]
    [InlineData("pow", -1.0, double.PositiveInfinity, 1.0)]
    [InlineData("pow", 0.5, double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData("pow", -8.0, 1.0 / 3, double.NaN)]
    [InlineData("pow", -2.0, 3.0, -8.0)]
    [InlineData("pow", -0.0, -3.0, double.NegativeInfinity)]
    [InlineData("pow", 0.0, 0.5, 0.0)]
    [InlineData("pow", double.NegativeInfinity, 3.0, double.NegativeInfinity)]
    [InlineData("pow", 2.0, -1074.0, double.Epsilon)]
    [InlineData("pow", 2.0, 1024.0, double.PositiveInfinity)]
    [InlineData("pow", 1e300, 1e300, double.PositiveInfinity)]
    [InlineData("pow", 10.0, -400.0, 0.0)]
    [InlineData("exp", 1000.0, 0.0, double.PositiveInfinity)]
    [InlineData("exp", -1000.0, 0.0, 0.0)]
    [InlineData("exp", double.NegativeInfinity, 0.0, 0.0)]
    [InlineData("log", 0.0, 0.0, double.NegativeInfinity)]
    [InlineData("log", -1.0, 0.0, double.NaN)]
    [InlineData("log10", 1e22, 0.0, 22.0)]
    [InlineData("log2", 8.0, 0.0, 3.0)]
    [InlineData("sin", double.PositiveInfinity, 0.0, double.NaN)]
    [InlineData("sin", -0.0, 0.0, -0.0)]
    [InlineData("asin", 1.5, 0.0, double.NaN)]
    [InlineData("acos", 1.0, 0.0, 0.0)]
    [InlineData("atan2", 0.0, -0.0, Math.PI)]
    [InlineData("atan2", -0.0, 1.0, -0.0)]
    [InlineData("atan2", 1.0, 0.0, Math.PI / 2)]
    [InlineData("atan2", double.PositiveInfinity, double.NegativeInfinity, 3 * Math.PI / 4)]
    [InlineData("tanh", 100.0, 0.0, 1.0)]
    [InlineData("sinh", -1000.0, 0.0, double.NegativeInfinity)]
    public void Special_cases_are_those_of_the_standard(string function, double x, double y, double expected) =>
        BitConverter.DoubleToInt64Bits(Functions[function](x, y)).ShouldBe(BitConverter.DoubleToInt64Bits(expected));

    private static bool Holds(string[] row) =>
        BitConverter.DoubleToInt64Bits(Functions[row[0]](Value(row[1]), Value(row[2])))
        == BitConverter.DoubleToInt64Bits(Value(row[3]));

    private static double Value(string bits) => bits == "-"
        ? 0
        : BitConverter.UInt64BitsToDouble(ulong.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
}
