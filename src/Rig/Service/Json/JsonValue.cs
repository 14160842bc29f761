namespace AirHil.Rig.Service.Json;

/// <summary>
/// A JSON value that keeps what a rewrite must keep: the order of names, and numbers as they were written.
/// </summary>
internal abstract class JsonValue
{
    private JsonValue()
    {
    }

    /// <summary>A number as written, or true, false, null.</summary>
    internal sealed class Literal(string text) : JsonValue
    {
        public string Value { get; } = text;
    }

    internal sealed class Text(string value) : JsonValue
    {
        public string Value { get; } = value;
    }

    internal sealed class Array(List<JsonValue> items) : JsonValue
    {
        public IReadOnlyList<JsonValue> Items { get; } = items;
    }

    /// <summary>
    /// Names in the order of their first appearance; a later value for a name takes the earlier one's place.
    /// </summary>
    internal sealed class Map : JsonValue
    {
        private readonly List<KeyValuePair<string, JsonValue>> _items = [];
        private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

        public IReadOnlyList<KeyValuePair<string, JsonValue>> Items => _items;

        public JsonValue? this[string name] => _places.TryGetValue(name, out var place) ? _items[place].Value : null;

        public void Set(string name, JsonValue value)
        {
            if (_places.TryAdd(name, _items.Count))
            {
                _items.Add(new(name, value));
            }
            else
            {
                _items[_places[name]] = new(name, value);
            }
        }
    }
}
