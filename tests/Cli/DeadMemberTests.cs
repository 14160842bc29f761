using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace AirHil.Cli.Tests;

/// <summary>
/// No method or property is there for nobody, or for tests alone: the code of src names each by its type and name.
/// What a runtime calls does not count: overrides, implementations of interfaces, what carries an attribute, operators,
/// what the compiler writes into records.
/// </summary>
public sealed class DeadMemberTests
{
    private static readonly string[] WrittenByTheCompiler =
        ["Deconstruct", "Equals", "GetHashCode", "PrintMembers", "ToString", "Main"];

    /// <summary>What users of the assemblies call, and nothing of this repository but its tests.</summary>
    private static readonly string[] ForUsers =
    [
        // Akka users take the actor into their own actor systems (decision 010).
        "Air780EActor.Props",
        // A user's own steps and tests in C# work with the bench.
        "FirmwareSource.FromFiles", "Match.UartText",
        // A slow host needs more patience, and a lab has its own certificates.
        "BoardTarget.Latency", "CertificatePolicy.Strict",
    ];

    [Fact]
    public void Every_member_is_used_by_code_of_src()
    {
        var defined = new SortedSet<string>(StringComparer.Ordinal);
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in HouseAssemblies.Names)
        {
            using var image = new PEReader(File.OpenRead(HouseAssemblies.PathOf(name)));
            var reader = image.GetMetadataReader();
            var implementing = Implementing(reader);
            foreach (var handle in reader.MethodDefinitions)
            {
                var method = reader.GetMethodDefinition(handle);
                if (!implementing.Contains(handle) && NameOf(reader, method) is { } member) defined.Add(member);
                if (method.RelativeVirtualAddress == 0) continue;
                var code = image.GetMethodBody(method.RelativeVirtualAddress).GetILReader();
                used.UnionWith(IlTokens.In(code).Select(token => NameOf(reader, token)).OfType<string>());
            }
        }

        defined.Except(used).Select(Short).ShouldBeOnly(ForUsers);
    }

    /// <summary>What implements static members of interfaces.</summary>
    private static HashSet<EntityHandle> Implementing(MetadataReader reader) =>
    [
        .. reader.TypeDefinitions
            .SelectMany(type => reader.GetTypeDefinition(type).GetMethodImplementations())
            .Select(implementation => reader.GetMethodImplementation(implementation).MethodBody),
    ];

    private static string Short(string member) => string.Join('.', member.Split('.')[^2..]);

    /// <summary>A member as "Namespace.Type.Member", if code ought to name it.</summary>
    private static string? NameOf(MetadataReader reader, MethodDefinition method)
    {
        var name = reader.GetString(method.Name);
        var type = reader.GetTypeDefinition(method.GetDeclaringType());
        if (name.AsSpan().ContainsAny('<', '.') || name.StartsWith("op_", StringComparison.Ordinal)
            || WrittenByTheCompiler.Contains(name)
            || method.Attributes.HasFlag(MethodAttributes.Virtual)
            || reader.GetString(type.Name).Contains('<', StringComparison.Ordinal)
            || IsCompiled(reader, type.GetCustomAttributes()) || IsFound(reader, method.GetCustomAttributes())
            || IsRecord(reader, type))
        {
            return null;
        }

        return $"{NameOf(reader, method.GetDeclaringType())}.{Property(name)}";
    }

    private static string? NameOf(MetadataReader reader, EntityHandle token)
    {
        switch (token.Kind)
        {
            case HandleKind.MethodDefinition:
                var method = reader.GetMethodDefinition((MethodDefinitionHandle)token);
                return $"{NameOf(reader, method.GetDeclaringType())}.{Property(reader.GetString(method.Name))}";
            case HandleKind.MethodSpecification:
                return NameOf(reader, reader.GetMethodSpecification((MethodSpecificationHandle)token).Method);
            case HandleKind.MemberReference:
                var member = reader.GetMemberReference((MemberReferenceHandle)token);
                return NameOfType(reader, member.Parent) is { } type
                    ? $"{type}.{Property(reader.GetString(member.Name))}"
                    : null;
            default:
                return null;
        }
    }

    private static string? NameOfType(MetadataReader reader, EntityHandle type) => type.Kind switch
    {
        HandleKind.TypeDefinition => NameOf(reader, (TypeDefinitionHandle)type),
        HandleKind.TypeReference => NameOf(reader, (TypeReferenceHandle)type),
        HandleKind.TypeSpecification => NameOfType(reader, Generic(reader, (TypeSpecificationHandle)type)),
        _ => null,
    };

    /// <summary>The definition of List&lt;int&gt; is List.</summary>
    private static EntityHandle Generic(MetadataReader reader, TypeSpecificationHandle type)
    {
        var signature = reader.GetBlobReader(reader.GetTypeSpecification(type).Signature);
        if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance) return default;
        signature.ReadByte(); // class or value type
        return signature.ReadTypeHandle();
    }

    private static string NameOf(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        return type.IsNested
            ? $"{NameOf(reader, type.GetDeclaringType())}.{reader.GetString(type.Name)}"
            : $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
    }

    private static string NameOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{NameOf(reader, (TypeReferenceHandle)type.ResolutionScope)}.{reader.GetString(type.Name)}"
            : $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
    }

    /// <summary>What reads a property uses it, and so does what writes it.</summary>
    private static string Property(string method) =>
        method.StartsWith("get_", StringComparison.Ordinal) || method.StartsWith("set_", StringComparison.Ordinal)
            ? method[4..]
            : method;

    private static bool IsRecord(MetadataReader reader, TypeDefinition type) =>
        type.GetMethods().Any(method => reader.GetString(reader.GetMethodDefinition(method).Name) == "PrintMembers");

    private static bool IsCompiled(MetadataReader reader, CustomAttributeHandleCollection attributes) =>
        Attributes(reader, attributes).Any(name => name is "CompilerGeneratedAttribute" or "GeneratedCodeAttribute");

    /// <summary>A step, a hook or a library function is found by its attribute.</summary>
    private static bool IsFound(MetadataReader reader, CustomAttributeHandleCollection attributes) =>
        Attributes(reader, attributes).Any(name =>
            name is not ("CompilerGeneratedAttribute" or "NullableContextAttribute" or "NullableAttribute"
                or "AsyncStateMachineAttribute" or "IteratorStateMachineAttribute" or "ExtensionAttribute"
                or "IsReadOnlyAttribute" or "DebuggerStepThroughAttribute"));

    private static IEnumerable<string> Attributes(MetadataReader reader, CustomAttributeHandleCollection attributes) =>
        from handle in attributes
        let constructor = reader.GetCustomAttribute(handle).Constructor
        let type = constructor.Kind == HandleKind.MemberReference
            ? reader.GetMemberReference((MemberReferenceHandle)constructor).Parent
            : reader.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType()
        select NameOfType(reader, type)?.Split('.')[^1] ?? "";
}
