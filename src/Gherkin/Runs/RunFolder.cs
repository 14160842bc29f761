namespace AirHil.Gherkin.Runs;

/// <summary>
/// The current folder of a run. It belongs to the whole process: where a step leaves it elsewhere, other scenarios and
/// the reports are lost.
/// </summary>
internal sealed class RunFolder
{
    public string Path { get; } = Environment.CurrentDirectory;

    /// <summary>Whether the current folder is another one now, or gone.</summary>
    public bool IsLeft
    {
        get
        {
            try
            {
                return Environment.CurrentDirectory != Path;
            }
            catch (IOException)
            {
                return true;
            }
        }
    }

    public void PutBack()
    {
        if (IsLeft) Environment.CurrentDirectory = Path;
    }
}
