using System.Reflection;
using Reqnroll.Bindings;
using Reqnroll.Bindings.CucumberExpressions;
using Reqnroll.Bindings.Discovery;
using Reqnroll.Bindings.Provider;
using Reqnroll.Configuration;
using Reqnroll.Infrastructure;

namespace AirHil.Gherkin.Bindings;

/// <summary>Reqnroll's binding discovery, put together without its container, which it does not need.</summary>
internal sealed class Discovery : RuntimeBindingRegistryBuilder
{
    private readonly Type[]? _classes;

    private Discovery(IBindingRegistry registry, Type[]? classes)
        : base(
            new RuntimeBindingSourceProcessor(FactoryFor(registry), registry, new NoTracer()),
            new ReqnrollAttributesFilter(), new NoLoader(), ConfigurationLoader.GetDefault(), new NoProvider())
    {
        _classes = classes;
    }

    /// <param name="classes">Only these; null: all of the assemblies.</param>
    public static PrefixRegistry Find(IEnumerable<Assembly> assemblies, Type[]? classes)
    {
        var registry = new PrefixRegistry();
        var discovery = new Discovery(registry, classes);
        foreach (var assembly in assemblies) discovery.BuildBindingsFromAssembly(assembly);
        discovery.BuildingCompleted();
        return registry;
    }

    protected override Type[] GetAssemblyTypes(Assembly assembly, out string[] typeLoadErrors)
    {
        if (_classes is null) return base.GetAssemblyTypes(assembly, out typeLoadErrors);
        typeLoadErrors = [];
        return [.. _classes.Where(type => type.Assembly == assembly)];
    }

    private static BindingFactory FactoryFor(IBindingRegistry registry) => new(
        new StepDefinitionRegexCalculator(ConfigurationLoader.GetDefault()),
        new CucumberExpressionStepDefinitionBindingBuilderFactory(
            new CucumberExpressionParameterTypeRegistry(registry)),
        new CucumberExpressionDetector());

    private sealed class NoLoader : IBindingAssemblyLoader
    {
        public Assembly Load(string assemblyName) => throw new NotSupportedException();
    }

    private sealed class NoProvider : IBindingProviderService
    {
        public void OnBindingRegistryBuildingCompleted()
        {
        }
    }
}
