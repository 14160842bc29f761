using System.Reflection;
using System.Runtime.Loader;

namespace AirHil.Gherkin.Bindings;

/// <summary>
/// Where step libraries are loaded. What the program itself has is shared; the rest comes from the libraries' folders.
/// </summary>
internal sealed class LibraryContext(IEnumerable<string> libraries) : AssemblyLoadContext("step libraries")
{
    private readonly string[] _folders = [.. libraries.Select(file => Path.GetDirectoryName(file)!).Distinct()];

    /// <summary>The library; the program's own assembly, where it is one of those.</summary>
    public Assembly LoadLibrary(string file) =>
        Shared(AssemblyName.GetAssemblyName(file)) ?? LoadFromAssemblyPath(file);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (Shared(assemblyName) is { } shared) return shared;
        var file = _folders.Select(folder => Path.Combine(folder, assemblyName.Name + ".dll"))
            .FirstOrDefault(File.Exists);
        return file is null ? null : LoadFromAssemblyPath(file);
    }

    private static Assembly? Shared(AssemblyName name)
    {
        try
        {
            return Default.LoadFromAssemblyName(name);
        }
        catch (Exception error) when (error is FileNotFoundException or FileLoadException)
        {
            return null;
        }
    }
}
