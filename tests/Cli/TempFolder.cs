namespace AirHil.Cli.Tests;

/// <summary>A folder for one test's scripts and features. The folder above it belongs to the test too.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo _above = Directory.CreateTempSubdirectory("airhil-");

    public TempFolder() => Path = _above.CreateSubdirectory("work").FullName;

    public string Path { get; }

    /// <summary>A firmware folder with this main.lua; gives its name.</summary>
    public string Script(string mainLua, string name = "firmware")
    {
        Write($"{name}/main.lua", mainLua);
        return name;
    }

    public string Write(string name, string text)
    {
        var path = Prepare(name);
        File.WriteAllText(path, text);
        return name;
    }

    public string Write(string name, byte[] bytes)
    {
        var path = Prepare(name);
        File.WriteAllBytes(path, bytes);
        return name;
    }

    public void Dispose() => _above.Delete(recursive: true);

    private string Prepare(string name)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }
}
