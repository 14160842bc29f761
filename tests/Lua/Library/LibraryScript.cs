using System.Text;

using AirHil.Lua.Compile;
using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Tests.Library;

/// <summary>Runs a chunk in a fresh engine and gives its first result as text of one character a byte.</summary>
internal static class LibraryScript
{
    public static readonly LuaOptions Plain =
        new() { Bits = 64, NumberStyle = NumberStyle.Standard, ModuleLibraries = false, HeapLimit = null };

    public static string Run(LuaOptions options, string chunk, long budget = long.MaxValue / 4,
        Action<LuaState>? prepare = null)
    {
        var state = LuaEngine.Create(options);
        prepare?.Invoke(state);
        var source = Encoding.Latin1.GetBytes(chunk);
        state.Start(state.Load(LuaCompiler.Compile(source, LuaString.FromText("=p"), state.Numbers)));
        RunStatus status;
        do status = state.Run(budget);
        while (status == RunStatus.Preempted);
        if (status == RunStatus.Failed) throw new InvalidOperationException(state.Error!.Message);
        return Encoding.Latin1.GetString(state.ToText(state.Results[0]).Span);
    }

    /// <summary>The results of an expression under pcall, "kind:text" each, bytes beyond ASCII as \xHH.</summary>
    public static string Evaluate(LuaOptions options, string expression, Action<LuaState>? prepare = null) => Run(
        options,
        "local r = table.pack(pcall(load('return ' .. " + Quote(expression) + ", '=p')))" +
        """

        for i = 1, r.n do r[i] = (math.type(r[i]) or '') .. ':' .. tostring(r[i]) end
        return (table.concat(r, ' , ', 1, r.n):gsub('[^\32-\126]', function(c) return ('\\x%02x'):format(c:byte()) end))
        """,
        prepare: prepare);

    /// <summary>
    /// The results of an expression as the vendor's test programs show them: i:1, f:1.0, "text", {1,2}.
    /// </summary>
    public static string Show(LuaOptions options, string expression) => Run(
        options,
        """
        local function show(v, depth)
            local kind = type(v)
            if kind == 'string' then
                return '"' .. v:gsub('[%c"\\\127-\255]', function(c) return ('\\x%02X'):format(c:byte()) end) .. '"'
            elseif kind == 'number' then
                return (math.type(v) == 'integer' and 'i:' or 'f:') .. tostring(v)
            elseif kind == 'table' then
                local out = {}
                for i = 1, #v do out[i] = show(v[i]) end
                if v.n then out[#out + 1] = '["n"]=' .. show(v.n) end
                return '{' .. table.concat(out, ',') .. '}'
            elseif kind == 'function' or kind == 'userdata' then
                return '<' .. kind .. '>'
            end
            return tostring(v)
        end
        local function all(ok, ...)
            local out = table.pack(...)
            for i = 1, out.n do out[i] = show(out[i]) end
            return (ok and '' or 'ERR ') .. (out.n == 0 and '(no value)' or table.concat(out, ' , '))
        end

        """ + "return all(pcall(load('return ' .. " + Quote(expression) + ", '=p')))");

    private static string Quote(string text)
    {
        var level = "=";
        while (text.Contains("]" + level + "]", StringComparison.Ordinal)) level += "=";
        return "[" + level + "[" + text + "]" + level + "]";
    }
}
