using System.Globalization;
using System.Reflection;
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

namespace AirHil.Gherkin.Running;

/// <summary>Reqnroll's containers with what a rig needs otherwise: no telemetry, no console, no plugins.</summary>
internal sealed class RigContainers(PrefixRegistry registry) : DefaultDependencyProvider
{
    /// <summary>For measurements: the parts that stay as Reqnroll has them.</summary>
    public static readonly string Keep = Environment.GetEnvironmentVariable("RQ_KEEP") ?? "";

    public static IObjectContainer Create(PrefixRegistry registry) =>
        new ContainerBuilder(new RigContainers(registry)) { SkipLoadingProvider = true }
            .CreateGlobalContainer(typeof(RigContainers).Assembly, new Settings());

    /// <summary>On a busy host a second, as Reqnroll has it, is not enough to tell a circle.</summary>
    static RigContainers() => ObjectContainer.DefaultConcurrentObjectResolutionTimeout = TimeSpan.FromMinutes(1);

    public override void RegisterGlobalContainerDefaults(ObjectContainer container)
    {
        base.RegisterGlobalContainerDefaults(container);
        container.RegisterTypeAs<NoTelemetry, IAnalyticsRuntimeTelemetryService>();
        container.RegisterInstanceAs<IBindingRegistry>(registry);
        container.RegisterInstanceAs<IRuntimeBindingRegistryBuilder>(new Known(registry));
        container.RegisterTypeAs<RuntimeProvider, IUnitTestRuntimeProvider>();
        container.RegisterTypeAs<Silence, ITraceListener>();
        if (!Keep.Contains('p')) container.RegisterTypeAs<NoPlugins, IRuntimePluginLocator>();
        if (!Keep.Contains('i')) container.RegisterTypeAs<DirectInvoker, IAsyncBindingInvoker>();
        if (!Keep.Contains('t')) container.RegisterTypeAs<NoTracer, ITestTracer>();
        if (!Keep.Contains('f')) container.RegisterTypeAs<NoFormatters, IFormattersConfigurationProvider>();
        container.RegisterTypeAs<UndefinedMessages, ITestUndefinedMessageFactory>();
    }

    public override void RegisterTestThreadContainerDefaults(ObjectContainer testThreadContainer)
    {
        base.RegisterTestThreadContainerDefaults(testThreadContainer);
        if (!Keep.Contains('t')) testThreadContainer.RegisterTypeAs<NoTracer, ITestTracer>();
        testThreadContainer.RegisterTypeAs<ReqnrollAttachmentHandler, IReqnrollAttachmentHandler>();
    }

    /// <summary>No reqnroll.json: what a run does is said on its command line.</summary>
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

    private sealed class NoFormatters : IFormattersConfigurationProvider
    {
        private static readonly string? Folder = Environment.GetEnvironmentVariable("RQ_FMT");

        public bool Enabled => Folder is not null;

        public IDictionary<string, object>? GetFormatterConfigurationByName(string formatterName) =>
            formatterName switch
            {
                "message" => new Dictionary<string, object> { ["outputFilePath"] = Path.Combine(Folder!, "rq.ndjson") },
                "html" => new Dictionary<string, object> { ["outputFilePath"] = Path.Combine(Folder!, "rq.html") },
                _ => null,
            };

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
