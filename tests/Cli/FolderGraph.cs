using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace AirHil.Cli.Tests;

/// <summary>
/// Which folders of a project use which: by the compiled assembly (signatures, attributes and code) and by the
/// <c>using</c> lines of its sources, which also show constants, whose names the compiler leaves out.
/// A folder is a namespace; the project's own folder is written as a dot.
/// </summary>
internal sealed partial class FolderGraph
{
    private const string Project = ".";
    private readonly SortedDictionary<string, SortedSet<string>> _uses = new(StringComparer.Ordinal);
    private readonly string _root;
    private readonly MetadataReader _metadata;
    private readonly PEReader _image;
    private readonly TypeNames _types = new();

    private FolderGraph(string root, PEReader image)
    {
        (_root, _image, _metadata) = (root, image, image.GetMetadataReader());
        foreach (var handle in _metadata.TypeDefinitions) Read(handle);
    }

    /// <summary>Every folder with the folders that it uses, in alphabetical order.</summary>
    public IReadOnlyDictionary<string, SortedSet<string>> Uses => _uses;

    /// <param name="rootNamespace">The namespace of the project's own folder.</param>
    /// <param name="assembly">The path of the compiled assembly.</param>
    /// <param name="sources">The project's folder.</param>
    public static FolderGraph Of(string rootNamespace, string assembly, string sources)
    {
        using var image = new PEReader(File.OpenRead(assembly));
        var graph = new FolderGraph(rootNamespace, image);
        foreach (var file in Directory.EnumerateFiles(sources, "*.cs", SearchOption.AllDirectories)) graph.Read(file);
        return graph;
    }

    /// <summary>Folders that use each other, directly or through others: each group is one cycle.</summary>
    public IEnumerable<IReadOnlyList<string>> Cycles()
    {
        var reached = _uses.Keys.ToDictionary(folder => folder, Reached, StringComparer.Ordinal);
        return _uses.Keys
            .Where(folder => reached[folder].Contains(folder))
            .GroupBy(folder => reached[folder].First(other => reached[other].Contains(folder)))
            .Select(group => group.ToList());
    }

    /// <summary>One line a folder; those that use nothing come first.</summary>
    public IEnumerable<string> Lines() =>
        _uses.OrderBy(pair => Reached(pair.Key).Count)
            .Select(pair => pair.Value.Count == 0 ? pair.Key : $"{pair.Key} -> {string.Join(", ", pair.Value)}");

    private SortedSet<string> Reached(string start)
    {
        var reached = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(_uses[start]);
        while (open.TryPop(out var folder))
        {
            if (!reached.Add(folder)) continue;
            foreach (var next in _uses[folder]) open.Push(next);
        }

        return reached;
    }

    private void Read(string file)
    {
        var text = File.ReadAllText(file);
        if (Folder(NamespaceLine().Match(text).Groups[1].Value) is not { } from) return;
        foreach (Match line in UsingLine().Matches(text))
        {
            // `using static` and aliases name a type; its folder is the longest that there is.
            for (var name = line.Groups[1].Value; name.Length > 0; name = name[..Math.Max(0, name.LastIndexOf('.'))])
            {
                if (Folder(name) is not { } to || !_uses.ContainsKey(to)) continue;
                Add(from, to);
                break;
            }
        }
    }

    private void Read(TypeDefinitionHandle handle)
    {
        if (FolderOf(handle) is not { } from) return;
        _uses.TryAdd(from, new SortedSet<string>(StringComparer.Ordinal));
        var type = _metadata.GetTypeDefinition(handle);
        var used = new List<EntityHandle> { type.BaseType };
        used.AddRange(type.GetInterfaceImplementations()
            .Select(implemented => _metadata.GetInterfaceImplementation(implemented).Interface));
        used.AddRange(Constraints(type.GetGenericParameters()));
        used.AddRange(Attributes(type.GetCustomAttributes()));
        foreach (var property in type.GetProperties().Select(_metadata.GetPropertyDefinition))
        {
            used.AddRange(Attributes(property.GetCustomAttributes()));
        }

        foreach (var field in type.GetFields().Select(_metadata.GetFieldDefinition))
        {
            used.AddRange(field.DecodeSignature(_types, null));
            used.AddRange(Attributes(field.GetCustomAttributes()));
        }

        foreach (var method in type.GetMethods().Select(_metadata.GetMethodDefinition)) used.AddRange(UsedBy(method));
        foreach (var one in used) Add(from, one);
    }

    private List<EntityHandle> UsedBy(MethodDefinition method)
    {
        var used = new List<EntityHandle>(Attributes(method.GetCustomAttributes()));
        var signature = method.DecodeSignature(_types, null);
        used.AddRange([.. signature.ReturnType, .. signature.ParameterTypes.SelectMany(types => types)]);
        used.AddRange(Constraints(method.GetGenericParameters()));
        foreach (var parameter in method.GetParameters().Select(_metadata.GetParameter))
        {
            used.AddRange(Attributes(parameter.GetCustomAttributes()));
        }

        if (method.RelativeVirtualAddress == 0) return used;
        var body = _image.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
        {
            var locals = _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_types, null);
            used.AddRange(locals.SelectMany(types => types));
        }

        used.AddRange(body.ExceptionRegions.Select(region => region.CatchType));
        used.AddRange(IlTokens.In(body.GetILReader()));
        return used;
    }

    private IEnumerable<EntityHandle> Attributes(CustomAttributeHandleCollection attributes) =>
        attributes.Select(attribute => _metadata.GetCustomAttribute(attribute).Constructor);

    private IEnumerable<EntityHandle> Constraints(GenericParameterHandleCollection parameters) =>
        parameters.SelectMany(parameter => _metadata.GetGenericParameter(parameter).GetConstraints())
            .Select(constraint => _metadata.GetGenericParameterConstraint(constraint).Type);

    private void Add(string from, EntityHandle used)
    {
        if (used.IsNil) return;
        switch (used.Kind)
        {
            case HandleKind.TypeDefinition:
                if (FolderOf((TypeDefinitionHandle)used) is { } to) Add(from, to);
                break;
            case HandleKind.TypeSpecification:
                var type = _metadata.GetTypeSpecification((TypeSpecificationHandle)used);
                foreach (var part in type.DecodeSignature(_types, null)) Add(from, part);
                break;
            case HandleKind.MethodDefinition:
                Add(from, _metadata.GetMethodDefinition((MethodDefinitionHandle)used).GetDeclaringType());
                break;
            case HandleKind.FieldDefinition:
                Add(from, _metadata.GetFieldDefinition((FieldDefinitionHandle)used).GetDeclaringType());
                break;
            case HandleKind.MemberReference:
                Add(from, _metadata.GetMemberReference((MemberReferenceHandle)used).Parent);
                break;
            case HandleKind.MethodSpecification:
                var method = _metadata.GetMethodSpecification((MethodSpecificationHandle)used);
                Add(from, method.Method);
                foreach (var part in method.DecodeSignature(_types, null).SelectMany(types => types)) Add(from, part);
                break;
            default:
                // A type of another assembly.
                break;
        }
    }

    private void Add(string from, string to)
    {
        if (from != to) _uses[from].Add(to);
    }

    private string? FolderOf(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        while (type.IsNested) type = _metadata.GetTypeDefinition(type.GetDeclaringType());
        return Folder(_metadata.GetString(type.Namespace));
    }

    private string? Folder(string name) =>
        name == _root ? Project
        : name.StartsWith(_root + ".", StringComparison.Ordinal) ? name[(_root.Length + 1)..]
        : null;

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^using (?:static )?(?:\w+ = )?([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex UsingLine();

    /// <summary>Every type that a signature names, whatever it is wrapped in.</summary>
    private sealed class TypeNames : ISignatureTypeProvider<ImmutableArray<EntityHandle>, object?>
    {
        private static readonly ImmutableArray<EntityHandle> None = [];

        public ImmutableArray<EntityHandle> GetTypeFromDefinition(
            MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => [handle];

        public ImmutableArray<EntityHandle> GetTypeFromReference(
            MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => None;

        public ImmutableArray<EntityHandle> GetTypeFromSpecification(
            MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            [handle];

        public ImmutableArray<EntityHandle> GetGenericInstantiation(
            ImmutableArray<EntityHandle> genericType, ImmutableArray<ImmutableArray<EntityHandle>> typeArguments) =>
            [.. genericType, .. typeArguments.SelectMany(types => types)];

        public ImmutableArray<EntityHandle> GetFunctionPointerType(
            MethodSignature<ImmutableArray<EntityHandle>> signature) =>
            [.. signature.ReturnType, .. signature.ParameterTypes.SelectMany(types => types)];

        public ImmutableArray<EntityHandle> GetModifiedType(
            ImmutableArray<EntityHandle> modifier, ImmutableArray<EntityHandle> unmodifiedType, bool isRequired) =>
            unmodifiedType;

        public ImmutableArray<EntityHandle> GetPrimitiveType(PrimitiveTypeCode typeCode) => None;

        public ImmutableArray<EntityHandle> GetGenericMethodParameter(object? genericContext, int index) => None;

        public ImmutableArray<EntityHandle> GetGenericTypeParameter(object? genericContext, int index) => None;

        public ImmutableArray<EntityHandle> GetArrayType(
            ImmutableArray<EntityHandle> elementType, ArrayShape shape) => elementType;

        public ImmutableArray<EntityHandle> GetSZArrayType(ImmutableArray<EntityHandle> elementType) => elementType;

        public ImmutableArray<EntityHandle> GetByReferenceType(ImmutableArray<EntityHandle> elementType) => elementType;

        public ImmutableArray<EntityHandle> GetPinnedType(ImmutableArray<EntityHandle> elementType) => elementType;

        public ImmutableArray<EntityHandle> GetPointerType(ImmutableArray<EntityHandle> elementType) => elementType;
    }
}
