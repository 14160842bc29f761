using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using AirHil.Tests;

namespace AirHil.Cli.Tests;

/// <summary>A type that nobody outside its assembly uses is internal; tests do not count.</summary>
public sealed class VisibilityTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    /// <summary>What users of the assemblies need, and nothing of this repository.</summary>
    private static readonly string[] ForUsers =
    [
        // Actors that Akka users take into their own actor systems (decision 010).
        "Air780EActor", "BoardActor",
    ];

    [Fact]
    public void A_type_that_no_other_assembly_uses_is_internal() =>
        HouseAssemblies.Names.SelectMany(NotNeeded).ShouldBeOnly(ForUsers);

    private static IEnumerable<string> NotNeeded(string name)
    {
        var types = Assembly.Load(name).GetExportedTypes()
            .Where(type => type is { IsNested: false, Namespace: not null })
            .ToList();
        var used = UsedByOthers(name);
        var needed = new HashSet<Type>();
        var open = new Stack<Type>(types.Where(type => used.Contains(type.FullName!) || IsFound(type)));
        while (open.TryPop(out var type))
        {
            if (!needed.Add(type)) continue;
            foreach (var shown in Surface(type).SelectMany(Parts).Where(types.Contains)) open.Push(shown);
        }

        return types.Where(type => !needed.Contains(type)).Select(type => type.Name);
    }

    private static HashSet<string> UsedByOthers(string name)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var other in HouseAssemblies.Names.Where(other => other != name))
        {
            using var image = new PEReader(File.OpenRead(HouseAssemblies.PathOf(other)));
            var reader = image.GetMetadataReader();
            foreach (var reference in reader.TypeReferences.Select(reader.GetTypeReference))
            {
                if (reference.ResolutionScope.Kind != HandleKind.AssemblyReference) continue;
                var scope = reader.GetAssemblyReference((AssemblyReferenceHandle)reference.ResolutionScope);
                if (reader.GetString(scope.Name) != name) continue;
                used.Add($"{reader.GetString(reference.Namespace)}.{reader.GetString(reference.Name)}");
            }
        }

        return used;
    }

    /// <summary>
    /// Reqnroll finds bindings by their attribute; of constants the compiler leaves the value and not the name.
    /// </summary>
    private static bool IsFound(Type type) =>
        type.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "BindingAttribute")
        || (type.GetFields(Declared).Any(field => field is { IsPublic: true, IsLiteral: true })
            && Others(type).Any(file => File.ReadAllText(file).Contains(type.Name, StringComparison.Ordinal)));

    private static IEnumerable<string> Others(Type type)
    {
        var project = type.Namespace!.Split('.')[1];
        return Directory.EnumerateDirectories(Path.Combine(RepositoryRoot.Path, "src"))
            .Where(folder => Path.GetFileName(folder) != project)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories));
    }

    /// <summary>The types that who uses this one has to know.</summary>
    private static IEnumerable<Type> Surface(Type type)
    {
        if (type.BaseType is { } parent) yield return parent;
        foreach (var one in type.GetInterfaces()) yield return one;
        foreach (var parameter in type.GetGenericArguments())
        {
            foreach (var one in parameter.GetGenericParameterConstraints()) yield return one;
        }

        foreach (var field in type.GetFields(Declared))
        {
            if (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) yield return field.FieldType;
        }

        foreach (var method in type.GetConstructors(Declared).Concat<MethodBase>(type.GetMethods(Declared)))
        {
            if (!method.IsPublic && !method.IsFamily && !method.IsFamilyOrAssembly) continue;
            if (method is MethodInfo { ReturnType: var answer }) yield return answer;
            foreach (var parameter in method.GetParameters()) yield return parameter.ParameterType;
        }

        foreach (var nested in type.GetNestedTypes())
        {
            foreach (var one in Surface(nested)) yield return one;
        }
    }

    /// <summary>The types that a type is made of, each by its outermost definition.</summary>
    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType) return Parts(type.GetElementType()!);
        var own = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        while (own.DeclaringType is { } outer && !own.IsGenericParameter) own = outer;
        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Prepend(own) : [own];
    }
}
