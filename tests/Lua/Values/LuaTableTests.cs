using AirHil.Lua.Run;
using AirHil.Lua.Values;

using CsCheck;

namespace AirHil.Lua.Tests.Values;

public sealed class LuaTableTests
{
    private static LuaTable NewTable() => LuaEngine.Create(new LuaOptions { Bits = 64, HeapLimit = null }).NewTable();

    [Fact]
    public void A_float_key_with_an_integer_value_is_that_integer()
    {
        var table = NewTable();
        table[LuaValue.Float(2)] = 5;
        table[2].ShouldBe((LuaValue)5);
        table.Next(default, out var key, out _).ShouldBeTrue();
        key.IsInteger.ShouldBeTrue();
    }

    [Fact]
    public void A_key_set_to_nil_during_a_traversal_does_not_disturb_it()
    {
        var table = NewTable();
        for (var i = 0; i < 100; i++) table[$"k{i}"] = i;
        var seen = 0;
        LuaValue key = default;
        while (table.Next(key, out key, out _))
        {
            table[key] = default;
            seen++;
        }

        seen.ShouldBe(100);
        table.Next(default, out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_table_holds_what_a_dictionary_holds() =>
        Gen.Select(Gen.Int[-20, 200], Gen.Int[0, 3]).Array[0, 400].Sample(operations =>
        {
            var table = NewTable();
            var model = new Dictionary<int, int>();
            foreach (var (key, value) in operations)
            {
                table[key] = value == 0 ? default : (LuaValue)value;
                if (value == 0) model.Remove(key);
                else model[key] = value;
            }

            var found = new Dictionary<int, int>();
            LuaValue at = default;
            while (table.Next(at, out at, out var value)) found.Add((int)at.AsInteger, (int)value.AsInteger);
            var border = (int)table.Length;
            return found.Count == model.Count && found.All(pair => model[pair.Key] == pair.Value)
                && (border == 0 || model.ContainsKey(border)) && !model.ContainsKey(border + 1);
        });
}
