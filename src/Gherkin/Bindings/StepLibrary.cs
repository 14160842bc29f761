using System.Diagnostics;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;
using Reqnroll;

namespace AirHil.Gherkin.Bindings;

/// <summary>Step libraries of users: assemblies that are compiled against the package Reqnroll.</summary>
public static class StepLibrary
{
    private static readonly AssemblyName Ours = typeof(BindingAttribute).Assembly.GetName();

    /// <summary>The version of the package Reqnroll that a library is compiled against.</summary>
    public static string PackageVersion { get; } = typeof(BindingAttribute).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    /// <summary>Loads them, each once. Reqnroll and all else that this program has is shared with them.</summary>
    /// <exception cref="StepLibraryException">One is missing, no assembly, or has no bindings that can be used.
    /// </exception>
    public static IReadOnlyList<Assembly> Load(params IEnumerable<string> paths)
    {
        string[] files = [.. paths.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal)];
        foreach (var file in files) Check(file);
        var context = new LibraryContext(files);
        return [.. files.Select(file => Load(context, file))];
    }

    /// <summary>Whether an assembly is of a step library, or comes with one.</summary>
    internal static bool IsFrom(Assembly assembly) =>
        AssemblyLoadContext.GetLoadContext(assembly) is LibraryContext;

    /// <summary>The innermost method of a step library on a stack, for messages; null: there is none.</summary>
    public static string? CallerIn(StackTrace stack)
    {
        ArgumentNullException.ThrowIfNull(stack);
        var methods = stack.GetFrames().Select(frame => frame.GetMethod()).OfType<MethodBase>();
        return methods.FirstOrDefault(one => IsFrom(one.Module.Assembly)) is { } method
            ? $"{method.DeclaringType?.FullName}.{method.Name}"
            : null;
    }

    /// <summary>
    /// That something of a library cannot be loaded, with what to do; null: the exception is of another kind.
    /// </summary>
    public static string? WhyNotLoaded(Exception error) =>
        error is FileNotFoundException or FileLoadException or BadImageFormatException or TypeLoadException
            ? $"{error.Message.TrimEnd()}\n{Beside}"
            : null;

    private static Assembly Load(LibraryContext context, string file)
    {
        try
        {
            var library = context.LoadLibrary(file);
            return library.GetTypes().Any(type => type.IsDefined(typeof(BindingAttribute)))
                ? library
                : throw Error(file, "has no class with [Binding], so it has no steps");
        }
        catch (ReflectionTypeLoadException error)
        {
            throw CannotLoad(file, string.Join('\n', error.LoaderExceptions.Select(one => one?.Message).Distinct()));
        }
        catch (Exception error) when (error is IOException or BadImageFormatException or TypeLoadException)
        {
            throw CannotLoad(file, error.Message);
        }
    }

    private static StepLibraryException CannotLoad(string file, string reason) =>
        Error(file, $"cannot be loaded: {reason.TrimEnd()}\n{Beside}");

    /// <summary>Looks at the file before anything of it is loaded.</summary>
    private static void Check(string file)
    {
        if (Directory.Exists(file)) throw Error(file, "is a folder; name the DLL in it");
        if (!File.Exists(file)) throw Error(file, "does not exist; build the library first, and name the DLL");
        var references = ReferencesOf(file);
        if (Find(references, Ours.Name!) is { } reqnroll)
        {
            if (reqnroll.Major == Ours.Version!.Major && reqnroll <= Ours.Version) return;
            throw Error(
                file,
                $"is compiled against Reqnroll {reqnroll}; this airhil has {PackageVersion}. {Reference}");
        }

        throw Error(
            file,
            Find(references, "TechTalk.SpecFlow") is null
                ? $"does not use Reqnroll, so it has no steps. {Reference}"
                : $"is compiled against SpecFlow. {Reference}");
    }

    private static string Reference =>
        $"Its project needs <PackageReference Include=\"Reqnroll\" Version=\"{PackageVersion}\" />";

    private static Version? Find((string Name, Version Version)[] references, string name) =>
        references.FirstOrDefault(one => one.Name == name).Version;

    private static (string Name, Version Version)[] ReferencesOf(string file)
    {
        try
        {
            using var image = new PEReader(File.OpenRead(file));
            if (!image.HasMetadata) throw Error(file, NoAssembly);
            var metadata = image.GetMetadataReader();
            if (!metadata.IsAssembly) throw Error(file, NoAssembly);
            return [.. metadata.AssemblyReferences.Select(metadata.GetAssemblyReference)
                .Select(one => (metadata.GetString(one.Name), one.Version))];
        }
        catch (Exception error) when (error is BadImageFormatException or ArgumentException)
        {
            throw Error(file, NoAssembly);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Error(file, $"cannot be read: {error.Message}");
        }
    }

    private const string Beside =
        "What it needs must lie beside it: set <EnableDynamicLoading>true</EnableDynamicLoading> in its project, and " +
        "build it again";

    private const string NoAssembly = "is no .NET assembly; name the DLL that building the library makes";

    private static StepLibraryException Error(string file, string reason) => new($"'{file}' {reason}");
}
