using System.Globalization;

namespace AirHil.Reports.Tests.Waves;

/// <summary>
/// Reads a value change dump by the rules of IEEE 1364 §18 and nothing else: it shares no line with what writes it.
/// Wires that are declared as bits of one name are put together, as viewers do.
/// </summary>
internal sealed class VcdFile
{
    public string Timescale { get; private set; } = "";

    /// <summary>By scope and name: each change, with its time; reals and vectors as numbers, z as null.</summary>
    public Dictionary<string, List<(long At, double? Value)>> Signals { get; } = [];

    public Dictionary<string, (string Type, int Width)> Types { get; } = [];

    public long End { get; private set; }

    private readonly Dictionary<string, (string Name, int Bit)> _byCode = [];
    private readonly Stack<string> _scopes = new();

    public static VcdFile Parse(string text)
    {
        var file = new VcdFile();
        var words = new Queue<string>(
            text.Split([' ', '\n', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries));
        while (words.Dequeue() is var word && word != "$enddefinitions")
        {
            var arguments = new List<string>();
            while (words.Dequeue() is var argument && argument != "$end") arguments.Add(argument);
            file.Define(word, arguments);
        }

        while (words.TryDequeue(out var word)) file.Change(word, words);
        return file;
    }

    private void Define(string word, List<string> arguments)
    {
        switch (word)
        {
            case "$timescale":
                Timescale = string.Concat(arguments);
                break;
            case "$scope":
                _scopes.Push(arguments[1]);
                break;
            case "$upscope":
                _scopes.Pop();
                break;
            case "$var":
                var name = $"{_scopes.Peek()}.{arguments[3]}";
                var bit = arguments.Count > 4 ? Number(arguments[4].Trim('[', ']')) : -1;
                _byCode.Add(arguments[2], (name, bit));
                Signals.TryAdd(name, []);
                Types[name] = (arguments[0], Number(arguments[1]) + Types.GetValueOrDefault(name).Width);
                break;
            case "$version" or "$date":
                break;
            default:
                throw new FormatException($"{word} is no declaration");
        }
    }

    private void Change(string word, Queue<string> words)
    {
        switch (word[0])
        {
            case '#':
                var next = long.Parse(word[1..], CultureInfo.InvariantCulture);
                if (next < End) throw new FormatException($"time goes back from {End} to {next}");
                End = next;
                break;
            case '$':
                break;
            case 'b':
                Signals[_byCode[words.Dequeue()].Name].Add((End, Bits(word[1..])));
                break;
            case 'r':
                Signals[_byCode[words.Dequeue()].Name]
                    .Add((End, double.Parse(word[1..], CultureInfo.InvariantCulture)));
                break;
            case '0' or '1' or 'z':
                Change(_byCode[word[1..]], End, word[0] == 'z' ? null : word[0] - '0');
                break;
            default:
                throw new FormatException($"{word} is no change");
        }
    }

    private void Change((string Name, int Bit) wire, long at, int? level)
    {
        var changes = Signals[wire.Name];
        if (wire.Bit < 0)
        {
            changes.Add((at, level));
            return;
        }

        // The bits of a byte change at one time, one behind the other.
        var before = changes.Count == 0 ? null : (int?)changes[^1].Value;
        if (changes.Count > 0 && changes[^1].At == at) changes.RemoveAt(changes.Count - 1);
        changes.Add((at, level is null ? null : ((before ?? 0) & ~(1 << wire.Bit)) | (level.Value << wire.Bit)));
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    private static double? Bits(string digits) => digits.Contains('z') ? null : Convert.ToInt64(digits, 2);
}
