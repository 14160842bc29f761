using Reqnroll.BoDi;

namespace Reqnroll;

/// <summary>What bindings may know of the feature they run in; one per feature, got by injection.</summary>
public interface IFeatureContext
{
    FeatureInfo FeatureInfo { get; }

    IObjectContainer FeatureContainer { get; }

    Exception? TestError { get; }
}

/// <inheritdoc cref="IFeatureContext"/>
public class FeatureContext : ReqnrollContext, IFeatureContext
{
    internal FeatureContext(IObjectContainer featureContainer, FeatureInfo featureInfo)
    {
        FeatureContainer = featureContainer;
        FeatureInfo = featureInfo;
    }

    public FeatureInfo FeatureInfo { get; }

    public IObjectContainer FeatureContainer { get; }
}
