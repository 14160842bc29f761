using AirHil.Modem.Pins;
using AirHil.Modem.Units;
using Reqnroll;

namespace AirHil.Steps.Support;

/// <summary>The parameter types of the steps.</summary>
[Binding]
public sealed class Transformations
{
    // One group and none inside: Reqnroll takes any other pattern for ".*".
    // The unit may be missing here so that the message says so, and not that no step fits.
    [StepArgumentTransformation(@"(\d+\.?\d* ?[a-z]*)", Name = "duration")]
    public TimeSpan Duration(string text) => DurationText.Parse(text);

    [StepArgumentTransformation("([0-9]+|WAKEUP0|VBUS|USIM_DET|PWRKEY)", Name = "pin")]
    public int Pin(string text) => ModulePin.Parse(text);

    [StepArgumentTransformation("(high|low)", Name = "level")]
    public bool Level(string text) => text == "high";

    [StepArgumentTransformation(@"(± ?\d+\.?\d* ?[%a-z]*)", Name = "tolerance")]
    public Tolerance Tolerance(string text) => Modem.Units.Tolerance.Parse(text);
}
