using System.Reflection;
using System.Text.RegularExpressions;
using AirHil.Modem.Pins;
using AirHil.Modem.Units;
using AirHil.Steps.Support;
using Reqnroll;

namespace AirHil.Steps.Tests.Support;

public sealed class TransformationsTests
{
    private static readonly Transformations Subject = new();

    [Theory]
    [InlineData("500 ms", 500)]
    [InlineData("500ms", 500)]
    [InlineData("1.5 s", 1_500)]
    [InlineData("2 min", 120_000)]
    [InlineData("2 m", 120_000)]
    [InlineData("24 h", 86_400_000)]
    public void A_duration_is_a_number_and_a_unit(string text, double ms)
    {
        Fits(nameof(Transformations.Duration), text).ShouldBeTrue();
        Subject.Duration(text).TotalMilliseconds.ShouldBe(ms);
    }

    [Theory]
    [InlineData("3", "'3' has no unit; write 3ms, 3s, 3m or 3h")]
    [InlineData("3 parsecs", "has the unit 'parsecs', which is not one of ms, s, m, h, d")]
    public void A_duration_without_a_unit_fits_the_step_so_that_the_message_can_say_what_is_missing(string text,
        string message)
    {
        Fits(nameof(Transformations.Duration), text).ShouldBeTrue();
        Should.Throw<FormatException>(() => Subject.Duration(text)).Message.ShouldContain(message);
    }

    [Theory]
    [InlineData("27", 27)]
    [InlineData("PWRKEY", 35)]
    public void A_pin_is_a_number_or_a_name(string text, int number)
    {
        Fits(nameof(Transformations.Pin), text).ShouldBeTrue();
        Subject.Pin(text).Number.ShouldBe(number);
    }

    [Theory]
    [InlineData("high", PinHold.High)]
    [InlineData("low", PinHold.Low)]
    public void A_level_is_high_or_low(string text, PinHold level)
    {
        Fits(nameof(Transformations.Level), text).ShouldBeTrue();
        Subject.Level(text).ShouldBe(level);
    }

    [Fact]
    public void Each_transformation_has_a_type_of_its_own() =>
        typeof(Transformations).GetMethods()
            .Where(method => method.GetCustomAttribute<StepArgumentTransformationAttribute>() is not null)
            .Select(method => method.ReturnType)
            .ShouldNotContain(type => type.IsPrimitive);

    [Fact]
    public void A_tolerance_is_a_share_or_a_time()
    {
        Fits(nameof(Transformations.Tolerance), "± 5 %").ShouldBeTrue();
        Fits(nameof(Transformations.Tolerance), "±50ms").ShouldBeTrue();
        Fits(nameof(Transformations.Tolerance), "5 %").ShouldBeFalse();
        Subject.Tolerance("± 5 %").ShouldBe(new Tolerance(TimeSpan.Zero, 0.05));
        Subject.Tolerance("±50ms").ShouldBe(new Tolerance(TimeSpan.FromMilliseconds(50), 0));
        Should.Throw<FormatException>(() => Subject.Tolerance("± 5")).Message.ShouldContain("has no unit");
    }

    private static bool Fits(string method, string text)
    {
        var pattern = typeof(Transformations).GetMethod(method)!
            .GetCustomAttribute<StepArgumentTransformationAttribute>()!.Regex;
        return Regex.IsMatch(text, $"^{pattern}$");
    }
}
