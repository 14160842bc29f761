using AirHil.VirtualModem.Buses;

namespace AirHil.VirtualModem.Ethernet;

/// <summary>How a W5500 is connected.</summary>
/// <param name="Controller">Of SPI; null: there is no such one.</param>
/// <param name="Hertz">Its clock.</param>
/// <param name="Select">Pin of the chip select.</param>
/// <param name="Interrupt">Pin of the interrupt.</param>
/// <param name="Reset">Pin of the reset.</param>
/// <param name="Link">Pin of the link; 255: none, and the driver looks ten times a second.</param>
internal sealed record EthernetWiring(
    SpiController? Controller, uint Hertz, int Select, int Interrupt, int Reset, int Link);
