using System.Globalization;

namespace AirHil.Reports.Tests.Waves;

/// <summary>
/// Reads a value change dump by the rules of IEEE 1364 §18 and nothing else: it shares no line with what writes it.
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
        var byCode = new Dictionary<string, string>();
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
                        byCode.Add(arguments[2], name);
                        file.Signals.Add(name, []);
                        file.Types.Add(name, (arguments[0], int.Parse(arguments[1], CultureInfo.InvariantCulture)));
                        break;
                    case "$enddefinitions":
                        defining = false;
                        break;
                    case "$version":
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
                    file.Signals[byCode[words.Dequeue()]].Add((now, Bits(word[1..])));
                    break;
                case 'r':
                    file.Signals[byCode[words.Dequeue()]]
                        .Add((now, double.Parse(word[1..], CultureInfo.InvariantCulture)));
                    break;
                case '0' or '1':
                    file.Signals[byCode[word[1..]]].Add((now, word[0] - '0'));
                    break;
                default:
                    throw new FormatException($"{word} is no change");
            }
        }

        return file;
    }

    private static double? Bits(string digits) => digits == "z" ? null : Convert.ToInt64(digits, 2);
}
