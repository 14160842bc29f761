using System.Globalization;
using Reqnroll;

namespace AirHil.Gherkin.Running;

/// <summary>Collects what bindings write; steps may write from several threads.</summary>
internal sealed class ScenarioOutput : IReqnrollOutputHelper
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly List<string> _attachments = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate) return [.. _lines];
        }
    }

    public IReadOnlyList<string> Attachments
    {
        get
        {
            lock (_gate) return [.. _attachments];
        }
    }

    public void WriteLine(string message)
    {
        lock (_gate) _lines.Add(message);
    }

    public void WriteLine(string format, params object[] args) =>
        WriteLine(string.Format(CultureInfo.InvariantCulture, format, args));

    public void AddAttachment(string filePath)
    {
        lock (_gate) _attachments.Add(filePath);
    }
}
