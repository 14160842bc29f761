using AirHil.Modem.Pins;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Pins;

/// <summary>What the binding keeps in C variables (L:luat/modules/luat_lib_gpio.c): lost with a reset.</summary>
internal sealed class GpioState
{
    private readonly byte[] _levels = new byte[(ModulePin.Count + 7) / 8];

    public Slot[] Slots { get; } = [.. Enumerable.Range(0, ModulePin.Count).Select(_ => new Slot())];

    /// <summary>gpio.setDefaultPull.</summary>
    public int DefaultPull { get; set; }

    /// <summary>The level that gpio.caplevel measures; one for all pins.</summary>
    public int CaptureLevel { get; set; }

    /// <summary>Counts of the 26 MHz clock at the last edges of gpio.caplevel; one pair for all pins.</summary>
    public long RisingTick { get; set; }

    public long FallingTick { get; set; }

    /// <summary>The remembered level that gpio.toggle inverts.</summary>
    public bool IsRemembered(int pin) => ((_levels[pin / 8] >> (pin % 8)) & 1) != 0;

    /// <summary>
    /// Remembers a level as the C code does: by adding or subtracting the pin's bit, so that a level above 1, given
    /// twice, carries into the bits of the next pins.
    /// </summary>
    public void Remember(int pin, byte level)
    {
        if ((uint)pin >= ModulePin.Count || level == (IsRemembered(pin) ? 1 : 0)) return;
        var bit = 1 << (pin % 8);
        _levels[pin / 8] = unchecked((byte)(_levels[pin / 8] + (level == 0 ? -bit : bit)));
    }

    /// <summary>One pin.</summary>
    internal sealed class Slot
    {
        /// <summary>The function that an interrupt calls.</summary>
        public ScriptCallback Callback { get; } = new();

        /// <summary>As gpio.setup was told; 255: no interrupt.</summary>
        public int Edge { get; set; } = 255;

        /// <summary>gpio.count.</summary>
        public uint Count { get; set; }

        /// <summary>gpio.debounce: ms; 0: off.</summary>
        public ushort DebounceMs { get; set; }

        public byte DebounceMode { get; set; }

        /// <summary>Mode 0: the module's ms at the last interrupt that was reported.</summary>
        public uint ReportedAt { get; set; }

        /// <summary>Mode 1: the level at the last interrupt.</summary>
        public bool LastLevel { get; set; }

        /// <summary>Mode 1: expires when the level was stable; null: the mode is off.</summary>
        public ServiceTimer? Debounced { get; set; }
    }
}
