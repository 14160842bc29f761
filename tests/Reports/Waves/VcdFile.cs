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

    public static VcdFile Parse(string text)
    {
        var file = new VcdFile();
        var words = new Queue<string>(
            text.Split([' ', '\n', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries));
        var byCode = new Dictionary<string, (string Name, int Bit)>();
        var scopes = new Stack<string>();
        var defining = true;
        long now = 0;
        while (words.TryDequeue(out var word))
        {
            if (defining)
            {
                var arguments = new List<string>();
                while (words.Dequeue() is var argument && argument != "$end") arguments.Add(argument);
                switch (word)
                {
                    case "$timescale":
                        file.Timescale = string.Concat(arguments);
                        break;
                    case "$scope":
                        scopes.Push(arguments[1]);
                        break;
                    case "$upscope":
                        scopes.Pop();
                        break;
                    case "$var":
                        var name = $"{scopes.Peek()}.{arguments[3]}";
                        var bit = arguments.Count > 4 ? Number(arguments[4].Trim('[', ']')) : -1;
                        byCode.Add(arguments[2], (name, bit));
                        file.Signals.TryAdd(name, []);
                        var width = Number(arguments[1]) + file.Types.GetValueOrDefault(name).Width;
                        file.Types[name] = (arguments[0], width);
                        break;
                    case "$enddefinitions":
                        defining = false;
                        break;
                    case "$version" or "$date":
                        break;
                    default:
                        throw new FormatException($"{word} is no declaration");
                }

                continue;
            }

            switch (word[0])
            {
                case '#':
                    var next = long.Parse(word[1..], CultureInfo.InvariantCulture);
                    if (next < now) throw new FormatException($"time goes back from {now} to {next}");
                    file.End = now = next;
                    break;
                case '$':
                    break;
                case 'b':
                    file.Signals[byCode[words.Dequeue()].Name].Add((now, Bits(word[1..])));
                    break;
                case 'r':
                    file.Signals[byCode[words.Dequeue()].Name]
                        .Add((now, double.Parse(word[1..], CultureInfo.InvariantCulture)));
                    break;
                case '0' or '1' or 'z':
                    file.Change(byCode[word[1..]], now, word[0] == 'z' ? null : word[0] - '0');
                    break;
                default:
                    throw new FormatException($"{word} is no change");
            }
        }

        return file;
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
