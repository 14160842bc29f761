using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using AirHil.Gherkin.Bindings;
using AirHil.Gherkin.Runs;
using Reqnroll.Analytics;
using Reqnroll.BoDi;
using Reqnroll.Configuration;
using Reqnroll.Formatters.Configuration;
using Reqnroll.Plugins;
using Reqnroll.Tracing;

namespace AirHil.Gherkin.Tests.Runs;

public sealed class RigContainersTests
{
    [Fact]
    public void Nothing_reports_home() =>
        Container().Resolve<IAnalyticsRuntimeTelemetryService>().GetType().Assembly
            .ShouldBe(typeof(FeatureRun).Assembly);

    [Fact]
    public void Plugins_beside_the_program_are_not_loaded()
    {
        var plugin = Path.Combine(AppContext.BaseDirectory, "Any.ReqnrollPlugin.dll");
        File.WriteAllText(plugin, "no assembly");
        try
        {
            Container().Resolve<IRuntimePluginLocator>().GetAllRuntimePlugins().ShouldBeEmpty();
        }
        finally
        {
            File.Delete(plugin);
        }
    }

    [Fact]
    public void A_reqnroll_json_is_not_read_and_no_formatter_runs()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "reqnroll.json");
        File.WriteAllText(file, """{"language":{"binding":"de-DE"},"formatters":{"message":{"outputFilePath":"x"}}}""");
        try
        {
            var container = Container();
            container.Resolve<ReqnrollConfiguration>().BindingCulture.Name.ShouldBe("");
            var formatters = container.Resolve<IFormattersConfigurationProvider>();
            formatters.Enabled.ShouldBeFalse();
            formatters.GetFormatterConfigurationByName("message").ShouldBeNull();
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Nothing_of_Reqnroll_goes_to_the_console()
    {
        var before = Console.Out;
        using var written = new StringWriter();
        Console.SetOut(written);
        try
        {
            Container().Resolve<ITraceListener>().WriteTestOutput("a line for nobody");
        }
        finally
        {
            Console.SetOut(before);
        }

        written.ToString().ShouldNotContain("a line for nobody");
    }

    /// <summary>Reqnroll was built with older versions of these packages.</summary>
    [Fact]
    public void What_Reqnroll_uses_of_the_parser_and_the_messages_is_there()
    {
        var reqnroll = typeof(BindingAttribute).Module;
        using var image = new PEReader(File.OpenRead(reqnroll.FullyQualifiedName));
        var metadata = image.GetMetadataReader();
        var resolved = 0;
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference || !IsOfPackages(metadata, member.Parent)) continue;
            Should.NotThrow(
                () => reqnroll.ResolveMember(System.Reflection.Metadata.Ecma335.MetadataTokens.GetToken(handle)),
                metadata.GetString(member.Name));
            resolved++;
        }

        resolved.ShouldBeGreaterThan(150);
    }

    private static bool IsOfPackages(MetadataReader metadata, EntityHandle type)
    {
        var scope = metadata.GetTypeReference((TypeReferenceHandle)type).ResolutionScope;
        return scope.Kind == HandleKind.AssemblyReference
            && metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)scope).Name)
                is "Gherkin" or "Cucumber.Messages";
    }

    private static IObjectContainer Container() =>
        RigContainers.Create(Discovery.Find([typeof(StepCatalogue).Assembly], null));
}
