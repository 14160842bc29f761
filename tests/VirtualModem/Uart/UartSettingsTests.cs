using AirHil.VirtualModem.Uart;

namespace AirHil.VirtualModem.Tests.Uart;

public class UartSettingsTests
{
    [Theory]
    [InlineData(8, 1, 0, 10)]
    [InlineData(7, 1, 1, 10)]
    [InlineData(8, 1, 2, 11)]
    [InlineData(8, 2, 0, 11)]
    public void A_byte_has_start_data_parity_and_stop_bits(int data, int stop, int parity, int bits) =>
        new UartSettings(9600, data, stop, (UartParity)parity).BitsPerByte.ShouldBe(bits);

    [Theory]
    [InlineData(1024, 2048)]
    [InlineData(4096, 4096)]
    [InlineData(20000, 8192)]
    public void The_buffer_is_kept_between_2048_and_8192(int asked, int given) =>
        new UartSettings(BufferSize: asked).EffectiveBufferSize.ShouldBe(given);

    [Fact]
    public void Ten_bits_at_115200_baud_take_87_us() =>
        new UartSettings().WireTime(1).TotalMicroseconds.ShouldBe(86.8, 0.1);
}
