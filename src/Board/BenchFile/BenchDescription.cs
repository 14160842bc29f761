using AirHil.Board.Description;

namespace AirHil.Board.BenchFile;

/// <summary>What a bench file says.</summary>
/// <param name="Path">The file, as a full path.</param>
/// <param name="Boards">The boards in the order of the file; their names differ.</param>
public sealed record BenchDescription(string Path, IReadOnlyList<BoardDescription> Boards)
{
    public ServiceDescription Service { get; init; } = new();

    public BenchLimits Limits { get; init; } = new();

    /// <summary>The file's folder: commands run in it, and paths in the file count from it.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path) ?? ".";

    /// <summary>The board of that name; null stands for the only one.</summary>
    /// <exception cref="BenchFileException">There is none, or it is unclear which one is meant.</exception>
    public BoardDescription Find(string? name)
    {
        if (name is null && Boards.Count == 1) return Boards[0];
        if (Boards.FirstOrDefault(b => b.Name == name) is { } board) return board;
        var names = string.Join(", ", Boards.Select(b => b.Name));
        throw new BenchFileException(
            name is null
                ? $"{Path}: which board is meant? It holds {names}"
                : $"{Path}: there is no board '{name}'{NearestName.Hint(name, Boards.Select(b => b.Name))}; boards: "
                + $"{names}");
    }
}
