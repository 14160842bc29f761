using System.Globalization;
using Reqnroll;

namespace AirHil.Gherkin.Running;

/// <summary>Collects what bindings write; steps may write from several threads.</summary>
internal sealed class ScenarioOutput : IReqnrollOutputHelper
{
    private readonly Lock gate = new();
    private readonly List<string> lines = [];
    private readonly List<string> attachments = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (gate) return [.. lines];
        }
    }

    public IReadOnlyList<string> Attachments
    {
        get
        {
            lock (gate) return [.. attachments];
        }
    }

    public void WriteLine(string message)
    {
        lock (gate) lines.Add(message);
    }

    public void WriteLine(string format, params object[] args) =>
        WriteLine(string.Format(CultureInfo.InvariantCulture, format, args));

    public void AddAttachment(string filePath)
    {
        lock (gate) attachments.Add(filePath);
    }
}
