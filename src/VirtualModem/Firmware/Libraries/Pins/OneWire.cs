using AirHil.Lua.Run;

namespace AirHil.VirtualModem.Firmware.Libraries.Pins;

/// <summary>
/// The bus of Maxim's sensors as V1112 drives it, bit by bit (L:luat/modules/luat_lib_sensor.c). The results are in
/// <see cref="IsThere"/> and <see cref="Value"/>.
/// </summary>
internal sealed class OneWire(PinWork work, int pin)
{
    private const int LongestAnswerAfter = 200;
    private const int LongestAnswer = 240;

    /// <summary>A device answered the last reset.</summary>
    public bool IsThere { get; private set; }

    /// <summary>The last byte that was read.</summary>
    public byte Value { get; private set; }

    public IEnumerable<NativeStep> Reset()
    {
        work.Output(pin, false);
        work.Set(pin, false);
        yield return work.Wait(550);
        work.Set(pin, true);
        yield return work.Wait(40);
    }

    /// <summary>A device pulls the line low within 200 looks, and lets it go within 240.</summary>
    public IEnumerable<NativeStep> Connect()
    {
        IsThere = false;
        work.Input(pin);
        var high = new PinWork.Counter();
        foreach (var step in work.WaitWhile(pin, true, LongestAnswerAfter, high)) yield return step;
        if (high.Value >= LongestAnswerAfter) yield break;
        var low = new PinWork.Counter();
        foreach (var step in work.WaitWhile(pin, false, LongestAnswer, low)) yield return step;
        IsThere = low.Value < LongestAnswer;
    }

    public IEnumerable<NativeStep> Write(byte value)
    {
        work.Output(pin, false);
        for (var i = 0; i < 8; i++)
        {
            var isOne = (value >> i & 1) != 0;
            work.Set(pin, false);
            yield return work.Wait(isOne ? 2 : 60);
            work.Set(pin, true);
            yield return work.Wait(isOne ? 60 : 2);
        }
    }

    public IEnumerable<NativeStep> Read()
    {
        var value = 0;
        yield return work.Wait(90);
        for (var i = 0; i < 8; i++)
        {
            work.Output(pin, false);
            work.Set(pin, false);
            yield return work.Wait(2);
            work.Input(pin);
            if (work.Get(pin)) value |= 1 << i;
            yield return work.Wait(60);
        }

        Value = (byte)value;
    }
}
