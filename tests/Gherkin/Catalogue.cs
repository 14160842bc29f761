using AirHil.Gherkin.Bindings;

namespace AirHil.Gherkin.Tests;

/// <summary>A catalogue of some binding classes of these tests.</summary>
internal static class Catalogue
{
    public static StepCatalogue Of(params Type[] classes) =>
        new([.. classes.Select(type => type.Assembly).Distinct()], classes);
}
