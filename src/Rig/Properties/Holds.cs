using AirHil.Lua;
using AirHil.Lua.Run;
using AirHil.Lua.Syntax;
using AirHil.Lua.Values;
using AirHil.Modem.Sessions;
using AirHil.Rig.Observation;

namespace AirHil.Rig.Properties;

/// <summary>
/// An expression of Lua holds for every text of the module that fits: fields are variables, "time" is the run's time in
/// seconds, and "last" has the fields and the time of the text before on its connection or, of its first, on the
/// connection before; nil behind the very first.
/// </summary>
public sealed record Holds(string Pattern, Place Place, string Expression) : Property
{
    private const long Budget = 1_000_000;

    public override string Clause =>
        $"for every {Words.Quote(Pattern)} {Words.At(Place)} holds {Words.Quote(Expression)}";

    internal override PropertyWatch Begin() => new Watch(this);

    private sealed class Watch : PropertyWatch
    {
        private readonly Holds _property;
        private readonly PlaceReader _reader;
        private readonly TextPattern _pattern;
        private readonly LuaState _state;
        private readonly LuaFunction _holds;
        private readonly LastOfConnections<LuaTable> _lasts = new();

        public Watch(Holds property)
        {
            _property = property;
            _pattern = TextPattern.Parse(property.Pattern);
            _reader = new PlaceReader(property.Place, toModule: false);
            _state = LuaEngine.Create(new LuaOptions
            {
                Bits = 64,
                NumberStyle = NumberStyle.Standard,
                HeapLimit = 16 << 20,
                ModuleLibraries = false,
            });
            try
            {
                _holds = _state.LoadFile(
                    LuaString.FromText($"return ({property.Expression})").Span, LuaString.FromText("=expression"));
            }
            catch (LuaSyntaxException e)
            {
                throw new FormatException($"'{property.Expression}' is no expression of Lua: {e.Message}", e);
            }
        }

        public override string Lacking => $"no text at {_property.Place} fits {Words.Quote(_property.Pattern)}";

        public override void Feed(in Sighting sighting, Calm calm)
        {
            var happened = sighting.Event;
            _reader.Read(happened, text =>
            {
                if (_pattern.Match(text) is { } values) Broken ??= Judge(values, text, happened);
            });
        }

        private string? Judge(string[] values, string text, SessionEvent happened)
        {
            HasJudged = true;
            var fields = _state.NewTable();
            for (var i = 0; i < values.Length; i++) Set(fields, _pattern.Fields[i], ValueOf(values[i]));
            Set(fields, "time", _state.Numbers.Float(happened.At.TotalSeconds));
            _state.Globals["last"] = _lasts.Next(happened, fields) is { } last ? last : LuaValue.Nil;
            _state.Start(_holds);
            if (_state.Run(Budget) != RunStatus.Finished)
            {
                return $"{Words.Quote(text)}: {_state.Error?.Message.Split('\n')[0] ?? "the expression does not end"}";
            }

            return _state.Results is [{ IsTruthy: true }, ..] ? null : $"not for {Words.Quote(text)}";
        }

        private void Set(LuaTable fields, string name, LuaValue value)
        {
            fields[name] = value;
            _state.Globals[name] = value;
        }

        private LuaValue ValueOf(string value) =>
            decimal.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var number)
                ? number == decimal.Truncate(number) && decimal.Abs(number) < long.MaxValue
                    ? _state.Numbers.Integer((long)number)
                    : _state.Numbers.Float((double)number)
                : value;
    }
}
