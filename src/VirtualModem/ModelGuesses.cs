using System.Globalization;

using AirHil.Lua.Run;
using AirHil.VirtualModem.Displays;
using AirHil.VirtualModem.Firmware.Libraries.Network;
using AirHil.VirtualModem.Firmware.Libraries.Pins;
using AirHil.VirtualModem.Http;
using AirHil.VirtualModem.Network;
using AirHil.VirtualModem.Parameters;
using AirHil.VirtualModem.Rtos;
using AirHil.VirtualModem.ShortMessages;

namespace AirHil.VirtualModem;

/// <summary>
/// Every guessed number of the model, the parameters of a run and the constants, for <c>docs/fidelity.md</c>.
/// </summary>
public static class ModelGuesses
{
    /// <summary>By the part of the model that they belong to.</summary>
    public static IReadOnlyList<(string Part, IReadOnlyList<ParameterGuess> Guesses)> All { get; } =
    [
        ("Module", ModemParameters.Guesses),
        ("System heap", GuessAttribute.In(typeof(SystemHeap))),
        ("Network controls", GuessAttribute.In(typeof(NetworkControl))),
        ("HTTP client", [.. GuessAttribute.In(typeof(HttpHandle)), .. GuessAttribute.In(typeof(HttpDebug))]),
        ("Text messages", GuessAttribute.In(typeof(SmsSubmission))),
        ("Figures of lcd", GuessAttribute.In(typeof(LcdDrawing))),
        ("Figures of u8g2", GuessAttribute.In(typeof(BitCanvas))),
        ("Sensors", GuessAttribute.In(typeof(SensorLibrary))),
        ("Lua libraries", [
            Of(nameof(LibraryWork.BytesPerInstruction), LibraryWork.BytesPerInstruction,
                "Bytes that a C library reads, makes or compares one by one in the time of one instruction."),
            Of(nameof(LibraryWork.CopiedBytesPerInstruction), LibraryWork.CopiedBytesPerInstruction,
                "Bytes that a concatenation copies in the time of one instruction."),
            Of(nameof(LibraryWork.CollectedObjectsPerInstruction), LibraryWork.CollectedObjectsPerInstruction,
                "Objects that a full collection marks or frees in the time of one instruction."),
            Of(nameof(LibraryWork.CompiledBytesPerInstruction), LibraryWork.CompiledBytesPerInstruction,
                "Bytes of a chunk that load compiles in the time of one instruction."),
            Of(nameof(LibraryWork.ElementsPerInstruction), LibraryWork.ElementsPerInstruction,
                "Elements of a table that a C library moves in the time of one instruction."),
            Of(nameof(LibraryWork.PatternStepsPerInstruction), LibraryWork.PatternStepsPerInstruction,
                "Items of a pattern that a C library tries in the time of one instruction."),
        ]),
    ];

    /// <summary>The engine knows nothing of modules, so its rates are explained here.</summary>
    private static ParameterGuess Of(string name, int value, string meaning) =>
        new(name, value.ToString(CultureInfo.InvariantCulture), $"{meaning} No source tells how fast the module's is.");
}
