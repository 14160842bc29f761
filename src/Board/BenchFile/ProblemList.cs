using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace AirHil.Board.BenchFile;

/// <summary>What is wrong with a file, by place.</summary>
internal sealed class ProblemList(string file)
{
    private const int Most = 20;
    private readonly List<(long Line, long Column, string Text)> _problems = [];

    public bool IsEmpty => _problems.Count == 0;

    public void Add(YamlNode node, string text) => Add(node.Start.Line, node.Start.Column, text);

    public void Add(long line, long column, string text) => _problems.Add((line, column, text));

    /// <summary>A line for each problem, in the order of the file.</summary>
    public override string ToString()
    {
        var lines = _problems.OrderBy(p => p.Line).ThenBy(p => p.Column).Take(Most)
            .Select(p => string.Create(CultureInfo.InvariantCulture, $"{file}:{p.Line}:{p.Column}: {p.Text}"))
            .ToList();
        if (_problems.Count > Most) lines.Add($"{file}: and {_problems.Count - Most} more");
        return string.Join('\n', lines);
    }
}
