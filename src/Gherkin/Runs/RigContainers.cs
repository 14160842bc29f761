using System.Globalization;
using System.Reflection;
using AirHil.Gherkin.Bindings;
using Reqnroll.Analytics;
using Reqnroll.Bindings;
using Reqnroll.Bindings.Discovery;
using Reqnroll.BoDi;
using Reqnroll.Configuration;
using Reqnroll.Formatters.Configuration;
using Reqnroll.Infrastructure;
using Reqnroll.Plugins;
using Reqnroll.Tracing;
using Reqnroll.UnitTestProvider;

namespace AirHil.Gherkin.Runs;

/// <summary>
/// Reqnroll's containers, with some services replaced: no telemetry, no console output, no plugins and no settings from
/// the working directory (decision 011).
/// </summary>
internal sealed class RigContainers(PrefixRegistry registry) : DefaultDependencyProvider
{
    /// <summary>Reqnroll takes a wait of one second for a circular dependency; a busy host may be slower.</summary>
    static RigContainers() => ObjectContainer.DefaultConcurrentObjectResolutionTimeout = TimeSpan.FromMinutes(1);

    public static IObjectContainer Create(PrefixRegistry registry) =>
        new ContainerBuilder(new RigContainers(registry)) { SkipLoadingProvider = true }
            .CreateGlobalContainer(typeof(RigContainers).Assembly, new Settings());

    public override void RegisterGlobalContainerDefaults(ObjectContainer container)
    {
        base.RegisterGlobalContainerDefaults(container);
        container.RegisterTypeAs<NoTelemetry, IAnalyticsRuntimeTelemetryService>();
        container.RegisterInstanceAs<IBindingRegistry>(registry);
        container.RegisterInstanceAs<IRuntimeBindingRegistryBuilder>(new Known(registry));
        container.RegisterTypeAs<RuntimeProvider, IUnitTestRuntimeProvider>();
        container.RegisterTypeAs<Silence, ITraceListener>();
        container.RegisterTypeAs<NoPlugins, IRuntimePluginLocator>();
        container.RegisterTypeAs<DirectInvoker, IAsyncBindingInvoker>();
        container.RegisterTypeAs<NoTracer, ITestTracer>();
        container.RegisterTypeAs<NoFormatters, IFormattersConfigurationProvider>();
        container.RegisterTypeAs<UndefinedMessages, ITestUndefinedMessageFactory>();
    }

    public override void RegisterTestThreadContainerDefaults(ObjectContainer testThreadContainer)
    {
        base.RegisterTestThreadContainerDefaults(testThreadContainer);
        testThreadContainer.RegisterTypeAs<NoTracer, ITestTracer>();
        testThreadContainer.RegisterTypeAs<ReqnrollAttachmentHandler, IReqnrollAttachmentHandler>();
    }

    /// <summary>No reqnroll.json: the command line says what a run does.</summary>
    private sealed class Settings : IRuntimeConfigurationProvider
    {
        public ReqnrollConfiguration LoadConfiguration(ReqnrollConfiguration reqnrollConfiguration)
        {
            reqnrollConfiguration.BindingCulture = CultureInfo.InvariantCulture;
            reqnrollConfiguration.MissingOrPendingStepsOutcome = MissingOrPendingStepsOutcome.Error;
            return reqnrollConfiguration;
        }
    }

    /// <summary>The bindings are found already.</summary>
    private sealed class Known(IBindingRegistry registry) : IRuntimeBindingRegistryBuilder
    {
        public Assembly[] GetBindingAssemblies(Assembly testAssembly) => [];

        public void BuildBindingsFromAssembly(Assembly assembly)
        {
        }

        /// <summary>Says so once more, to those who wait for it.</summary>
        public void BuildingCompleted() => registry.Ready = true;
    }

    private sealed class NoTelemetry : IAnalyticsRuntimeTelemetryService
    {
        public void SendFeatureUseEvent(
            string featureName, Dictionary<string, string>? properties = null,
            Dictionary<string, double>? metrics = null)
        {
        }

        public void SendProjectRunningEvent()
        {
        }
    }

    private sealed class NoPlugins : IRuntimePluginLocator
    {
        public IReadOnlyList<string> GetAllRuntimePlugins() => [];
    }

    /// <summary>Reqnroll's formatters read the environment and reqnroll.json. Our reports have their own.</summary>
    private sealed class NoFormatters : IFormattersConfigurationProvider
    {
        public bool Enabled => false;

        public IDictionary<string, object>? GetFormatterConfigurationByName(string formatterName) => null;

        public string ResolveTemplatePlaceholders(string template) => template;
    }

    private sealed class Silence : ITraceListener, IThreadSafeTraceListener
    {
        public void WriteTestOutput(string message)
        {
        }

        public void WriteToolOutput(string message)
        {
        }
    }
}
