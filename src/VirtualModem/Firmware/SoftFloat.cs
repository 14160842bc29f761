namespace AirHil.VirtualModem.Firmware;

/// <summary>What the library of the processor, which has no floating point, makes of floats.</summary>
internal static class SoftFloat
{
    /// <summary>A float as a uint32_t (__aeabi_f2uiz): it saturates, and what is no number is 0.</summary>
    public static uint ToUnsigned(double number) =>
        double.IsNaN(number) ? 0 : (uint)Math.Clamp(number, 0, uint.MaxValue);
}
