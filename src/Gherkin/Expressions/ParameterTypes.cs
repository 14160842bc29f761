namespace AirHil.Gherkin.Expressions;

/// <summary>The parameter types by name: those every Cucumber Expression has, then own ones.</summary>
public sealed class ParameterTypes
{
    private const string Integer = @"-?\d+";
    private const string Number = @"[-+]?\d*\.?\d+(?:[eE][-+]?\d+)?";

    private readonly Dictionary<string, ParameterType> _byName = new(StringComparer.Ordinal);
    private readonly List<ParameterType> _own = [];

    public ParameterTypes()
    {
        // As Reqnroll has it, a backslash inside the quotes guards a quote and stays part of the value.
        BuiltIn("string", "text in \"double\" or 'single' quotes",
            @"""([^""\\]*(?:\\.[^""\\]*)*)""", @"'([^'\\]*(?:\\.[^'\\]*)*)'");
        BuiltIn("word", "text without white space", @"[^\s]+");
        BuiltIn("", "any text", ".*");
        foreach (var name in new[] { "int", "long", "byte" }) BuiltIn(name, "whole number, such as `-7`", Integer);
        foreach (var name in new[] { "float", "double", "decimal" })
        {
            BuiltIn(name, "number, such as `0.5`; the point is the decimal sign everywhere", Number);
        }
    }

    /// <summary>All types: built-in ones first, own ones in order of discovery.</summary>
    public IEnumerable<ParameterType> All => _byName.Values;

    public IReadOnlyList<ParameterType> Own => _own;


    public ParameterType? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Adds an own type. A second pattern for the same name is an alternative.</summary>
    /// <exception cref="Reqnroll.ReqnrollException">The name belongs to a built-in type.</exception>
    public void Add(ParameterType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var index = _own.FindIndex(known => known.Name == type.Name);
        if (index < 0 && _byName.ContainsKey(type.Name))
        {
            throw new Reqnroll.ReqnrollException($"{{{type.Name}}} is a built-in parameter type; choose another name.");
        }

        if (index < 0)
        {
            _own.Add(type);
        }
        else
        {
            var known = _own[index];
            type = _own[index] = known with
            {
                Patterns = [.. known.Patterns, .. type.Patterns],
                Format = $"{known.Format} or {type.Format}",
                Description = known.Description.Length > 0 ? known.Description : type.Description,
            };
        }

        _byName[type.Name] = type;
    }

    private void BuiltIn(string name, string format, params string[] patterns) =>
        _byName.Add(name, new ParameterType(name, patterns, format, ""));
}
