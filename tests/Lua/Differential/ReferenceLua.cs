using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

using AirHil.Lua.Compile;
using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Tests.Differential;

/// <summary>
/// A PUC-Rio interpreter that runs many programs in one process, and our engine that runs them the same way.
/// </summary>
internal sealed partial class ReferenceLua
{
    /// <summary>What a program prints that uses up its instructions; its output is not compared.</summary>
    public const string TimedOut = "<timed out>";

    private const int InstructionLimit = 200_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Gives the function <c>run(source, limit)</c>: the text that a program prints, with its error. <c>each</c> and
    /// <c>following</c> sort the keys first where the order is not to be compared, as Debian's build has a random seed.
    /// </summary>
    private const string Driver =
        """
        local ordered = ...
        local concat, sort, pack = table.concat, table.sort, table.pack
        local tostring, type, pairs, next = tostring, type, pairs, next
        local format, sethook, load, pcall, setmetatable = string.format, debug.sethook, load, pcall, setmetatable
        local setmeta = debug.setmetatable
        local function rank(a, b)
          local p, q = type(a), type(b)
          if p ~= q then return p < q end
          if p == 'number' or p == 'string' then return a < b end
          return tostring(a) < tostring(b)
        end
        -- Objects as keys lie where their addresses say.
        local function comparable(t)
          if not ordered then return false end
          for k in next, t do
            local kind = type(k)
            if kind ~= 'string' and kind ~= 'number' and kind ~= 'boolean' then return false end
          end
          return true
        end
        local function each(t)
          if type(t) ~= 'table' or comparable(t) then return pairs(t) end
          local keys, values = {}, {}
          for k, v in pairs(t) do keys[#keys + 1] = k values[k] = v end
          sort(keys, rank)
          local i = 0
          return function() i = i + 1 return keys[i], values[keys[i]] end
        end
        local function following(t, k)
          if type(t) ~= 'table' or comparable(t) then return next(t, k) end
          return select('#', next(t, k)) > 0
        end
        local function show(v, depth)
          depth = depth or 0
          if type(v) == 'string' then return "'" .. v .. "'" end
          if type(v) ~= 'table' then return tostring(v) end
          if getmetatable(v) or depth > 2 then return type(v) end
          local out = {}
          for k, x in each(v) do
            out[#out + 1] = '[' .. show(k, depth + 1) .. ']=' .. show(x, depth + 1)
            if #out > 40 then break end
          end
          return '{' .. concat(out, ',') .. '}#' .. #v
        end
        local function hex(s) return (s:gsub('.', function(c) return ('%02x'):format(c:byte()) end)) end
        return function(source, limit)
          local out = {}
          local function print(...)
            local line = pack(...)
            for i = 1, line.n do line[i] = tostring(line[i]) end
            out[#out + 1] = concat(line, '\t', 1, line.n)
          end
          local globals = {print = print, each = each, following = following, show = show, hex = hex}
          setmetatable(globals, {__index = _G})
          setmeta('', {__index = string})
          globals.tostring = function(...)
            local text = tostring(...)
            return type(text) ~= 'string' and text or (text:gsub('^(%a+: )0x%x+$', '%1address'))
          end
          globals.string = setmetatable({format = function(...)
            return (format(...):gsub(' *(%a+: )0x%x+ *', '%1address'))
          end}, {__index = string})
          globals.load = function(text, name) return load(text, name, 't', globals) end
          local f, message = load(source, '=p', 't', globals)
          if not f then return 'syntax: ' .. message end
          local late = false
          local step = 50
          local function stop() late, step = true, step * 31 % 97 sethook(stop, '', 12 + step) error('<late>', 0) end
          if limit then sethook(stop, '', limit) end
          local ok, e = pcall(f, 1, 'two', nil, 4.0)
          if limit then sethook() end
          if late then return nil end
          if not ok then
            local _, text = pcall(tostring, e)
            out[#out + 1] = 'error: ' .. tostring(text)
          end
          return concat(out, '\n')
        end
        """;

    private const string BatchMain =
        """
        io.stdout:setvbuf('no')
        local run = load(io.read(io.read('n', 'l') + 0), '=driver')(ORDERED)
        while true do
          local size = io.read('n', 'l')
          if not size then break end
          local text = run(io.read(size), LIMIT)
          io.write(text and #text or -1, '\n', text or '')
        end
        """;

    private readonly string _path;
    private readonly LuaOptions _options;
    private readonly string _main;
    private readonly Prototype _driver;

    /// <param name="path">The interpreter.</param>
    /// <param name="bits">32 or 64: how it was built, and our engine's counterpart.</param>
    public ReferenceLua(string path, int bits)
    {
        _path = path;
        _options = new LuaOptions
        {
            Bits = bits,
            NumberStyle = NumberStyle.Standard,
            HeapLimit = 256 << 20,
            ModuleLibraries = false,
        };
        var state = LuaEngine.Create(_options);
        _driver = LuaCompiler.Compile(Encoding.UTF8.GetBytes(Driver), LuaString.FromText("=driver"), state.Numbers);
        _main = MainChunk(ordered: true);
        ComparesOrder = true;
        var probe = "local t = {} for i = 1, 40 do t['k' .. i] = i end for k in each(t) do print(k) end";
        ComparesOrder = Run([probe])[0] == RunOurs(probe);
        _main = MainChunk(ComparesOrder);
    }

    /// <summary>
    /// Whether the interpreter was built with the module's constant seed, so that the order of keys is comparable.
    /// </summary>
    public bool ComparesOrder { get; private set; }

    /// <summary>What each program prints in the reference; one that hangs in a library call has timed out.</summary>
    public string[] Run(string[] programs)
    {
        var texts = new List<string>(programs.Length);
        while (texts.Count < programs.Length)
        {
            texts.AddRange(RunInOneProcess(programs[texts.Count..]));
            if (texts.Count < programs.Length) texts.Add(TimedOut);
        }

        return [.. texts];
    }

    /// <summary>
    /// Whether a program prints the same under any seed. A border of a table with holes may hang on it, since the seed
    /// decides when the table grows.
    /// </summary>
    public bool IsSteady(string program)
    {
        const int Runs = 12;
        if (ComparesOrder) return true;
        var first = Normalised(Run([program])[0]);
        for (var i = 1; i < Runs; i++)
        {
            if (Normalised(Run([program])[0]) != first) return false;
        }

        return true;
    }

    private List<string> RunInOneProcess(string[] programs)
    {
        var start = new ProcessStartInfo(_path) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("-e");
        start.ArgumentList.Add(_main);
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        using var end = patience.Token.Register(process.Kill);
        var input = new MemoryStream();
        Append(input, Driver);
        foreach (var program in programs) Append(input, program);
        var writing = Task.Run(() =>
        {
            try
            {
                process.StandardInput.BaseStream.Write(input.GetBuffer(), 0, (int)input.Length);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // The process has ended; its output tells in which program.
            }
        });
        var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        writing.Wait();
        return Texts(output.ToArray(), programs.Length);
    }

    /// <summary>What a program prints in our engine.</summary>
    public string RunOurs(string program)
    {
        var state = LuaEngine.Create(_options);
        state.Start(state.Load(_driver), LuaValue.Boolean(ComparesOrder));
        if (state.Run(InstructionLimit) != RunStatus.Finished) return "driver: " + state.Error?.Message;
        state.Start(state.Results[0].AsFunction!, new LuaString(Encoding.Latin1.GetBytes(program)));
        return state.Run(InstructionLimit * 20L) switch
        {
            RunStatus.Preempted => TimedOut,
            RunStatus.Finished => Encoding.Latin1.GetString(state.Results[0].AsString!.Span),
            _ => "failed: " + state.Error?.Message,
        };
    }

    /// <summary>
    /// The text without what differs by right: addresses; the sign of a NaN, which is the processor's and the C
    /// compiler's choice and not Lua's; and what lies below the
    /// program, in tracebacks and in positions.
    /// </summary>
    public static string Normalised(string text) =>
        TracebackEnd().Replace(NotANumber().Replace(Address().Replace(text, "$1: address"), "nan"), "")
            .Replace("(command line):6: ", "", StringComparison.Ordinal);

    [GeneratedRegex(@"\n\tdriver:\d+: in [a-z]+ [<'][^\n]*(\n\t\(command line\):[^\n]*)?\n\t\[C\]: in \?")]
    private static partial Regex TracebackEnd();

    [GeneratedRegex(" *(table|function|thread|Named|TABLE|FUNCTION|THREAD): 0[xX][0-9A-Fa-f]+ *")]
    private static partial Regex Address();

    [GeneratedRegex(" *[-+]?(nan|NAN)")]
    private static partial Regex NotANumber();

    private static string MainChunk(bool ordered) => BatchMain
        .Replace("ORDERED", ordered ? "true" : "false", StringComparison.Ordinal)
        .Replace("LIMIT", InstructionLimit.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static void Append(MemoryStream stream, string text)
    {
        stream.Write(Encoding.ASCII.GetBytes(text.Length.ToString(CultureInfo.InvariantCulture) + "\n"));
        stream.Write(Encoding.Latin1.GetBytes(text));
    }

    /// <summary>The texts that were written whole.</summary>
    private static List<string> Texts(byte[] output, int count)
    {
        var texts = new List<string>(count);
        var at = 0;
        while (at < output.Length && texts.Count < count)
        {
            var end = Array.IndexOf(output, (byte)'\n', at);
            if (end < 0) break;
            var size = int.Parse(output.AsSpan(at, end - at), CultureInfo.InvariantCulture);
            at = end + 1 + Math.Max(size, 0);
            if (at > output.Length) break;
            texts.Add(size < 0 ? TimedOut : Encoding.Latin1.GetString(output, end + 1, Math.Max(size, 0)));
        }

        return texts;
    }
}
