namespace AirHil.Tests;

/// <summary>Programs that some tests need and not every machine has.</summary>
internal static class Executables
{
    /// <summary>Where a program is: by a variable of the environment, else on the PATH; null where it is not.</summary>
    public static string? Find(string variable, params string[] names)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } told) return told;
        return (from name in names
                from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
                let path = Path.Combine(folder, name)
                where folder.Length > 0 && File.Exists(path)
                select path).FirstOrDefault();
    }
}
