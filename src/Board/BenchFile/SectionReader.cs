using System.Globalization;
using AirHil.Board.Ports;
using AirHil.Modem.Units;
using YamlDotNet.RepresentationModel;

namespace AirHil.Board.BenchFile;

/// <summary>
/// Reads the keys of one mapping. What is wrong goes to the list of problems with its place, and reading goes on, so
/// that a person sees all of it at once.
/// </summary>
internal sealed class SectionReader
{
    private readonly YamlMappingNode? _mapping;
    private readonly ProblemList _problems;
    private readonly string _name;

    /// <param name="node">Where it is in the file; null reads as an empty one.</param>
    /// <param name="name">How to call it in messages: "boards.left.power".</param>
    /// <param name="keys">The keys that it may have; null: any.</param>
    public SectionReader(YamlNode? node, string name, string[]? keys, ProblemList problems)
    {
        (_name, _problems) = (name, problems);
        _mapping = node as YamlMappingNode;
        if (node is null) return;
        if (_mapping is null)
        {
            problems.Add(node, $"{name}: {Kind(node)} was given; expected: {Expected(keys)}");
            return;
        }

        foreach (var (key, _) in _mapping)
        {
            if (key is not YamlScalarNode { Value: { } text })
            {
                problems.Add(key, $"{name}: a key must be a word");
            }
            else if (keys is not null && !keys.Contains(text, StringComparer.Ordinal))
            {
                problems.Add(
                    key, $"{name}: unknown key '{text}'{NearestName.Hint(text, keys)}; the keys are "
                        + $"{string.Join(", ", keys)}");
            }
        }
    }

    /// <summary>Where the section stands; null where it is absent or no mapping.</summary>
    public YamlNode? Node => _mapping;

    /// <summary>Its keys and values in the order of the file.</summary>
    public IEnumerable<(YamlScalarNode Key, YamlNode Value)> Entries() =>
        _mapping is null
            ? []
            : _mapping.Where(e => e.Key is YamlScalarNode).Select(e => ((YamlScalarNode)e.Key, e.Value));

    /// <summary>The value of a key; null where it is absent.</summary>
    public YamlNode? Get(string key) =>
        _mapping is not null && _mapping.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;

    public SectionReader Section(string key, string[]? keys) => new(Get(key), $"{_name}.{key}", keys, _problems);

    public bool Has(string key) => Get(key) is not null;

    /// <summary>A key that must be there.</summary>
    public void Require(string key, string what)
    {
        if (_mapping is not null && !Has(key)) _problems.Add(_mapping, $"{_name}: the key '{key}' is missing: {what}");
    }

    public string? Text(string key, string what)
    {
        if (Get(key) is not { } node) return null;
        if (node is YamlScalarNode { Value: { } text } && text.Trim().Length > 0 && text != "~") return text.Trim();
        _problems.Add(node, $"{_name}.{key}: {Kind(node)} was given; expected: {what}");
        return null;
    }

    public PortAddress? Port(string key)
    {
        if (Text(key, "a port, as usb:1-2.3:2, /dev/ttyUSB0, COM7 or tcp://lab-pi:4001") is not { } text) return null;
        try
        {
            return PortAddress.Parse(text);
        }
        catch (FormatException e)
        {
            _problems.Add(Get(key)!, $"{_name}.{key}: {e.Message}");
            return null;
        }
    }

    public int Whole(string key, int otherwise, int least, int most)
    {
        if (Get(key) is not { } node) return otherwise;
        if (node is YamlScalarNode { Value: { } text }
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
        {
            return number;
        }

        _problems.Add(node, string.Create(
            CultureInfo.InvariantCulture,
            $"{_name}.{key}: {Kind(node)} was given; expected: a whole number from {least} to {most}"));
        return otherwise;
    }

    public bool Flag(string key)
    {
        if (Get(key) is not { } node) return false;
        if (node is YamlScalarNode { Value: "true" or "false" } scalar) return scalar.Value == "true";
        _problems.Add(node, $"{_name}.{key}: {Kind(node)} was given; expected: true or false");
        return false;
    }

    public TimeSpan Duration(string key, TimeSpan otherwise, TimeSpan least, TimeSpan most)
    {
        if (Text(key, "a duration, as 30s, 5m or 2h") is not { } text) return otherwise;
        try
        {
            var duration = DurationText.Parse(text);
            if (duration >= least && duration <= most) return duration;
            _problems.Add(
                Get(key)!,
                $"{_name}.{key}: '{text}' is out of bounds; expected: {DurationText.Format(least)} to "
                    + DurationText.Format(most));
        }
        catch (FormatException e)
        {
            _problems.Add(Get(key)!, $"{_name}.{key}: {e.Message}");
        }

        return otherwise;
    }

    /// <summary>What a value is, for messages.</summary>
    public static string Kind(YamlNode node) => node switch
    {
        YamlScalarNode { Value: null or "" or "~" or "null" } => "nothing",
        YamlScalarNode scalar => $"'{scalar.Value}'",
        YamlSequenceNode => "a list",
        _ => "a mapping",
    };

    private static string Expected(string[]? keys) =>
        keys is null ? "a mapping" : $"a mapping with the keys {string.Join(", ", keys)}";
}
