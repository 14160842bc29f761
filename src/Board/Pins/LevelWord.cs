namespace AirHil.Board.Pins;

/// <summary>A level as commands print it.</summary>
internal static class LevelWord
{
    /// <returns>Null: the word names no level.</returns>
    public static bool? Parse(string word) => word switch
    {
        "high" or "1" => true,
        "low" or "0" => false,
        _ => null,
    };
}
