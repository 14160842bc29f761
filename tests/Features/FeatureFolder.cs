using AirHil.Gherkin.Plan;
using AirHil.Tests;

namespace AirHil.Features.Tests;

/// <summary>The repository's /features, read where they are; nothing is copied.</summary>
internal static class FeatureFolder
{
    public static FeaturePlan Load() => FeaturePlan.Load(Path.Combine(RepositoryRoot.Path, "features"));
}
