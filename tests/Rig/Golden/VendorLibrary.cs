using AirHil.Rig.Runs;

namespace AirHil.Rig.Tests.Golden;

/// <summary>
/// Libraries that the vendor adds to a download (LuatOS, script/libs at the tag v1112.ec618.release). They are not part
/// of this project: a row that needs one is skipped where AIRHIL_LIB has no folder with it.
/// </summary>
internal static class VendorLibrary
{
    public static string Read(string name)
    {
        var folders = Environment.GetEnvironmentVariable(ScriptLibraries.Variable) ?? "";
        var path = folders.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name + ".lua")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"no {name}.lua of the vendor in the folders of {ScriptLibraries.Variable}");
        return File.ReadAllText(path);
    }
}
