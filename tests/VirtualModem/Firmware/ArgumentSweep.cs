using AirHil.Modem.Messages;
using AirHil.Modem.Pins;
using AirHil.VirtualModem.Parameters;

namespace AirHil.VirtualModem.Tests.Firmware;

/// <summary>
/// A function is called with values alone, in pairs and in threes. It may raise an error of Lua, restart the module or
/// end its memory.
/// </summary>
/// <param name="function">An expression of Lua.</param>
internal sealed class ArgumentSweep(string function, int bits)
{
    /// <summary>They end the script or never return, so they are called with one argument only.</summary>
    private static readonly string[] Ends =
    [
        "rtos.reboot", "pm.reboot", "pm.power", "pm.shutdown", "os.exit", "coroutine.yield", "rtos.receive",
        "sys.run", "sys.wait", "sys.waitUntil",
    ];

    private const int Pins = 32;

    /// <summary>What the script does first.</summary>
    public string Start { get; init; } = "";

    /// <summary>Expressions of Lua; each is evaluated anew for each call.</summary>
    public IReadOnlyList<string> Values { get; init; } = HostileValues.Fixed;

    /// <summary>Whether all pins are held low, as a sensor that answers holds its own.</summary>
    public bool IsLow { get; init; }

    /// <summary>The most bytes that were allocated in a virtual second.</summary>
    public long Allocated { get; private set; }

    /// <summary>
    /// A call may end the script, and so the sweep. Then each first value has a script of its own, so that the values
    /// behind it are tried, too.
    /// </summary>
    public void Run()
    {
        if (HasSwept(1, Values.Count)) return;
        for (var first = 1; first <= Values.Count; first++) HasSwept(first, first);
    }

    private bool HasSwept(int first, int last)
    {
        var script = $$"""
            log.info('begun')
            {{Start}}
            local values = {{{string.Join(", ", Values.Select(value => $"function() return {value} end"))}}}
            local f = {{function}}
            if type(f) ~= 'function' then return end
            local function call(...)
              local co = coroutine.create(function(...) pcall(f, ...) end)
              coroutine.resume(co, ...)
            end
            call()
            for i = {{first}}, {{last}} do
              call(values[i]())
              if {{(Ends.Contains(function) ? "false" : "true")}} then
                for j = {{(bits == 32 ? "1 + i % 2" : "2 - i % 2")}}, #values, 2 do
                  call(values[i](), values[j]())
                  call(1, values[i](), values[j](), values[(i * 7 + j * 3) % #values + 1]())
                end
              end
            end
            log.info('swept')
            """;
        var bench = new FakeBench(script, new ModemParameters { Bits = bits }).PowerOn();
        for (var pin = 0; IsLow && pin < Pins; pin++) bench.At(0.0, new ModemCommand.HoldPin(pin, PinHold.Low));
        var longest = first == last || Start.Length > 0 ? 20 : 60;
        for (var second = 1; second <= longest && !bench.Lines.Contains("I/user.swept"); second++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            bench.RunTo(second);
            // Lamps by a timer make hundreds of thousands in a second.
            bench.Pulses.Clear();
            Allocated = Math.Max(Allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        bench.Lines.ShouldContain("I/user.begun");
        return bench.Lines.Contains("I/user.swept");
    }
}
