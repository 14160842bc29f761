using AirHil.Board.Description;

namespace AirHil.Board.BenchFile;

/// <summary>The keys of a bench file; docs/bench.schema.json publishes the same.</summary>
internal static class BenchFileKeys
{
    public static readonly string[] File = ["boards", "service", "limits"];

    public static readonly string[] Board =
        ["log", "uarts", "pins", "power", "reset", "firmware", "radio", "deploy", "deployLimit"];

    public static readonly string[] Uart = ["port", "baud"];
    public static readonly string[] Pin = ["gpiod", "command"];
    public static readonly string[] Gpiod = ["chip", "line", "direction", "inverted"];
    public static readonly string[] PinCommand = ["high", "low", "release", "read", "watch"];
    public static readonly string[] Power = ["uhubctl", "relay", "command"];
    public static readonly string[] Uhubctl = ["location", "port"];
    public static readonly string[] Relay = ["port", "channel", "inverted"];
    public static readonly string[] Command = ["on", "off"];
    public static readonly string[] Radio = ["agent"];
    public static readonly string[] Service = ["address", "listen", "ports", "certificate", "key"];
    public static readonly string[] Limits = ["wallTime", "leaseWait"];

    /// <summary>Who drives a wire, as the file names it.</summary>
    public static readonly (string Name, PinDirection Direction)[] Directions =
        [("module", PinDirection.Module), ("rig", PinDirection.Rig), ("both", PinDirection.Both)];

    /// <summary>The replacement of the reset line, as the file names it.</summary>
    public static readonly (string Name, ResetMethod Method)[] Resets =
    [
        ("log-port", ResetMethod.LogPortCommand), ("at", ResetMethod.AtCommand), ("power", ResetMethod.PowerCycle),
        ("prompt", ResetMethod.Prompt),
    ];
}
