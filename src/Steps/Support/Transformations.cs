using AirHil.Modem.Buses;
using AirHil.Modem.Faults;
using AirHil.Modem.Pins;
using AirHil.Modem.Units;
using AirHil.Rig.Peers;
using AirHil.Rig.Properties;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Service;
using Reqnroll;
using Regex = System.Text.RegularExpressions.Regex;

namespace AirHil.Steps.Support;

/// <summary>The parameter types of the steps.</summary>
[Binding]
public sealed class Transformations
{
    // A type of its own each: Reqnroll would use a transformation to int for every {int}.
    // One group and none inside: Reqnroll takes any other pattern for ".*".
    // The unit may be missing here so that the message says so, and not that no step fits.
    [StepArgumentTransformation(@"(\d+\.?\d* ?[a-z]*)", Name = "duration")]
    public TimeSpan Duration(string text) => DurationText.Parse(text);

    [StepArgumentTransformation("([0-9]+|WAKEUP0|VBUS|USIM_DET|PWRKEY)", Name = "pin")]
    public PinNumber Pin(string text) => new(ModulePin.Parse(text));

    [StepArgumentTransformation(
        "(the service's log|the peer's log|the service|the log|UART [0-9]+|topic [^ \"]+|phone [+0-9]+)",
        Name = "place")]
    public Place Place(string text) => Rig.Properties.Place.Parse(text);

    [StepArgumentTransformation("(high|low)", Name = "level")]
    public PinHold Level(string text) => text == "high" ? PinHold.High : PinHold.Low;

    [StepArgumentTransformation]
    public ServiceUrl Url(string text) => ServiceUrl.Parse(text);

    [StepArgumentTransformation]
    public byte[] Bytes(string hex) => Escapes.FromHex(hex);

    [StepArgumentTransformation]
    public Regex Pattern(string text) => Match.Pattern(text);

    [StepArgumentTransformation]
    public DateTimeOffset Date(string text) => WorldDate.Parse(text);

    [StepArgumentTransformation]
    public WithholdPackets Withheld(string text) => new(WithholdPackets.ReadPacket(text));

    [StepArgumentTransformation]
    public MqttPacketType Packet(string text)
    {
        foreach (var type in Enum.GetValues<MqttPacketType>())
        {
            if (string.Equals(type.ToString(), text, StringComparison.OrdinalIgnoreCase)) return type;
        }

        throw new FormatException(
            $"'{text}' is no packet of MQTT 3.1.1; expected {string.Join(", ", Enum.GetNames<MqttPacketType>())}");
    }

    [StepArgumentTransformation("(I2C device at [0-9A-Za-z]+[ onI2C0-9/]*)", Name = "i2c")]
    public DeviceSpot I2cDevice(string text) => DeviceWords.Parse(text);

    [StepArgumentTransformation("(SPI device on [SPIC 0-9/with]+)", Name = "spi")]
    public DeviceSpot SpiDevice(string text) => DeviceWords.Parse(text);

    [StepArgumentTransformation(
        "(I2C device at [0-9A-Za-z]+[ onI2C0-9/]*|SPI device on [SPIC 0-9/with]+)", Name = "device")]
    public DeviceSpot Device(string text) => DeviceWords.Parse(text);

    [StepArgumentTransformation(
        "(I2C [0-9/]+ at [0-9A-Za-z]+|SPI [0-9/]+ with CS [0-9]+)", Name = "spot")]
    public PeerPlace Spot(string text) => DeviceWords.ParseSpot(text);

    [StepArgumentTransformation(@"(± ?\d+\.?\d* ?[%a-z]*)", Name = "tolerance")]
    public Tolerance Tolerance(string text) => Modem.Units.Tolerance.Parse(text);
}
