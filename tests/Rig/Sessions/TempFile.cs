namespace AirHil.Rig.Tests.Sessions;

/// <summary>A place for one file, which goes with the test.</summary>
internal sealed class TempFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("airhil-").FullName;

    public TempFile(string name = "session.ndjson") => Path = System.IO.Path.Combine(_folder, name);

    public string Path { get; }

    public string Beside(string name) => System.IO.Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
