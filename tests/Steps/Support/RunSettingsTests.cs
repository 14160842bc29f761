using AirHil.Steps.Support;
using CsCheck;

namespace AirHil.Steps.Tests.Support;

public sealed class RunSettingsTests
{
    [Fact]
    public void One_name_has_one_seed_whatever_the_other_settings_are() =>
        Gen.String.Select(Gen.ULong).Sample((name, seed) =>
        new RunSettings { Seed = seed }.SeedOf(name) == new RunSettings { Seed = seed, Bits = 64 }.SeedOf(name));

    [Fact]
    public void Different_names_have_different_seeds()
    {
        var settings = new RunSettings { Seed = 1 };

        Enumerable.Range(0, 10_000).Select(i => settings.SeedOf($"Feature / Scenario / {i}")).ShouldBeUnique();
    }

    [Fact]
    public void Different_runs_give_one_name_different_seeds() =>
        Enumerable.Range(0, 1_000).Select(i => new RunSettings { Seed = (ulong)i }.SeedOf("one")).ShouldBeUnique();
}
