using System.Diagnostics;
using AirHil.Board.Description;
using AirHil.Board.Identity;
using AirHil.Board.LuaDb;
using AirHil.Board.Power;
using AirHil.Modem.Units;
using AirHil.Rig.Files;
using AirHil.Rig.Runs;

namespace AirHil.Board.Deploy;

/// <summary>
/// Puts a script onto a board, as the bench file says: by a command of the shell, or by a person. The command finds the
/// script at {dir} and {image}, and who it is for in the environment: AIRHIL_BOARD, AIRHIL_LOG_PORT, AIRHIL_DIR,
/// AIRHIL_IMAGE.
/// </summary>
/// <param name="board">The board; its ports should be closed meanwhile, for the tool needs them.</param>
/// <param name="folder">The folder that the command runs in: that of the bench file.</param>
/// <param name="person">Who is asked; null: the person at the terminal.</param>
internal sealed class Deployment(BoardDescription board, string folder, IPerson? person = null)
{
    private const string Prompt = "prompt";
    private const int MostText = 16 << 10;
    private const int MostLines = 20;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly IPerson _person = person ?? TerminalPerson.Instance;

    /// <summary>Why no script can be put onto the board here; null: it can be tried.</summary>
    public string? Impossible => board.Deploy switch
    {
        null => $"the bench file names no way to put a script onto the board '{board.Name}' (key deploy)",
        Prompt when !_person.IsThere =>
            $"somebody has to put the script onto the board '{board.Name}', and there is no terminal to ask at",
        _ => null,
    };

    /// <summary>Writes the script's files, runs the command or asks the person, and removes the files.</summary>
    /// <exception cref="DeployException">It could not be done.</exception>
    public async Task RunAsync(FirmwareSource firmware, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(firmware);
        if (Impossible is { } reason) throw new DeployException(reason);
        using var place = TemporaryFolder.Create("airhil-deploy-");
        try
        {
            var (scripts, image) = Write(firmware, place.Path);
            if (board.Deploy == Prompt) await AskAsync(firmware, scripts, image, cancel);
            else await ShellAsync(scripts, image, cancel);
        }
        catch (FormatException e)
        {
            throw new DeployException($"the script '{firmware.Name}' does not fit on a module: {e.Message}", e);
        }
    }

    /// <summary>
    /// The command with the places of the script in it, each quoted where it stands bare and needs it.
    /// </summary>
    internal static string Fill(string command, string scripts, string image, bool windows) =>
        Put(Put(command, "{dir}", scripts, windows), "{image}", image, windows);

    private static string Put(string command, string mark, string path, bool windows)
    {
        if (path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '\\' or ':' or '.' or '-' or '_' or '~'))
        {
            return command.Replace(mark, path, StringComparison.Ordinal);
        }

        var inQuotes = command.Replace($"\"{mark}", $"\"{path}", StringComparison.Ordinal);
        var quoted = windows ? $"\"{path}\"" : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
        return inQuotes.Replace(mark, quoted, StringComparison.Ordinal);
    }

    private static (string Scripts, string Image) Write(FirmwareSource firmware, string place)
    {
        var scripts = Directory.CreateDirectory(Path.Combine(place, "script")).FullName;
        var files = ScriptHash.FilesFor(firmware);
        foreach (var (name, content) in files)
        {
            if (Path.GetFileName(name) != name || name is "" or "." or "..")
            {
                throw new FormatException($"'{name}' is no name for a file on the module");
            }

            File.WriteAllBytes(Path.Combine(scripts, name), content.Span);
        }

        var image = Path.Combine(place, "script.bin");
        File.WriteAllBytes(image, LuaDbImage.Write(files));
        return (scripts, image);
    }

    private async Task AskAsync(FirmwareSource firmware, string scripts, string image, CancellationToken cancel)
    {
        try
        {
            await _person.AskAsync(
                $"Put the script '{firmware.Name}' onto the board '{board.Name}': its files are in {scripts}, a LuaDB "
                    + "image "
                    + $"of them is {image}",
                cancel);
        }
        catch (PowerSwitchException e)
        {
            throw new DeployException(e.Message, e);
        }
    }

    private async Task ShellAsync(string scripts, string image, CancellationToken cancel)
    {
        var command = Fill(board.Deploy!, scripts, image, OperatingSystem.IsWindows());
        var start = ToolRun.Shell(command);
        start.WorkingDirectory = folder;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["AIRHIL_BOARD"] = board.Name;
        start.Environment["AIRHIL_LOG_PORT"] = board.Log.ToString();
        start.Environment["AIRHIL_DIR"] = scripts;
        start.Environment["AIRHIL_IMAGE"] = image;
        var said = new OutputTail(MostText);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(board.DeployLimit);
        using var process = Start(start);
        process.StandardInput.Close();
        var reading = Task.WhenAll(
            said.ReadAsync(process.StandardOutput, limit.Token), said.ReadAsync(process.StandardError, limit.Token));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancel.ThrowIfCancellationRequested();
            throw Failure(command, $"it was not done after {DurationText.Format(board.DeployLimit)} and was stopped; " +
                "deployLimit in the bench file gives it longer", said);
        }

        // What the command has left running may hold its output open.
        await Task.WhenAny(reading, Task.Delay(Grace, CancellationToken.None));
        if (process.ExitCode != 0) throw Failure(command, $"exit code {process.ExitCode}", said);
    }

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new DeployException($"{start.FileName} could not be started");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new DeployException($"the deploy command of the board '{board.Name}' did not start in {folder}: "
                + $"{e.Message}", e);
        }
    }

    private DeployException Failure(string command, string what, OutputTail said)
    {
        var lines = said.Lines(MostLines);
        var text = lines.Count == 0 ? "it said nothing" : "its last words:\n  " + string.Join("\n  ", lines);
        return new DeployException(
            $"the deploy command of the board '{board.Name}' failed: {what}\n  {command}\n{text}\n"
                + $"try it by hand in {folder}; exit code 0 means that the script is on the board");
    }
}
