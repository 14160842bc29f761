using System.Globalization;
using AirHil.Rig.Files;

namespace AirHil.Rig.Peers;

/// <summary>A script of the user for something around the module: a peer, or a service.</summary>
/// <param name="Name">As the user wrote it; errors name it.</param>
/// <param name="Text">Lua 5.3.</param>
/// <param name="Parameters">What the script finds in its table <c>parameters</c>; no name comes twice.</param>
public sealed record PeerScript(
    string Name, string Text, IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    /// <summary>Bytes of a script and the files that it requires.</summary>
    internal const int MostBytes = 1 << 20;

    /// <summary>
    /// The files of its folder that it requires, and those that they require, by their names in <c>require</c>.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Modules { get; init; } = [];

    /// <summary>The last part of its name: the same from whatever folder it was named.</summary>
    internal string FileName => Name[(Name.LastIndexOf('/') + 1)..];

    /// <summary>Reads the file of a script.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="name">As the user wrote it.</param>
    /// <exception cref="IOException">
    /// It or a file that it requires cannot be read, is no file, or is not UTF-8; together they have more than 1 MiB;
    /// a required file is a link to another folder.
    /// </exception>
    /// <exception cref="FormatException">A parameter comes twice, or the script reads none of that name.</exception>
    public static PeerScript Read(
        string path, string name, params IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        var twice = parameters.GroupBy(p => p.Key, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null) throw new FormatException($"the parameter '{twice.Key}' of {name} comes twice");
        var text = InputFile.ReadText(path, MostBytes);
        var script = new PeerScript(name.Replace('\\', '/'), text, parameters)
        {
            Modules = PeerModules.Of(path, text),
        };
        var all = string.Join('\n', script.Modules.Select(m => m.Value).Prepend(text));
        return ParameterUse.WhyUnread(all, parameters.Select(p => p.Key)) is { } why
            ? throw new FormatException($"the script {name}: {why}")
            : script;
    }

    public bool Equals(PeerScript? other) => other is not null && Name == other.Name && Text == other.Text
        && Parameters.SequenceEqual(other.Parameters) && Modules.SequenceEqual(other.Modules);

    public override int GetHashCode() => HashCode.Combine(Name, Text.Length, Parameters.Count);

    /// <summary>
    /// A parameter as the script gets it: a number where the text is exactly how that number is written, else a text.
    /// "17" is a number, and "007" an id that keeps its zeros.
    /// </summary>
    internal static double? NumberOf(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) && number.ToString("R", CultureInfo.InvariantCulture) == text
            ? number
            : null;
}
