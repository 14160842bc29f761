namespace AirHil.Board.Emulator;

/// <summary>As what the module is on the USB bus.</summary>
internal enum UsbMode
{
    /// <summary>It is not there.</summary>
    Absent,

    /// <summary>LuatOS runs: the log, the low-level log and the virtual UART.</summary>
    Running,

    /// <summary>Download mode: one port.</summary>
    Download,
}
