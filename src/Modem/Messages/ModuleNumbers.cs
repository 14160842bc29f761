namespace AirHil.Modem.Messages;

/// <summary>The words for <see cref="ModuleNumber"/> in phrases and recordings.</summary>
internal static class ModuleNumbers
{
    private static readonly string[] Words = ["imei", "serial", "muid", "unique-id"];

    public static string Word(this ModuleNumber number) => Words[(int)number];

    /// <exception cref="FormatException">There is none of this word.</exception>
    public static ModuleNumber Parse(string word) => Array.IndexOf(Words, word) is >= 0 and var at
        ? (ModuleNumber)at
        : throw new FormatException($"one of {string.Join(", ", Words)} is expected here, got: {word}");
}
