namespace Reqnroll;

/// <summary>Thrown by a step that is written down but not done yet.</summary>
public class PendingStepException(string message) : ReqnrollException(message)
{
    public PendingStepException() : this("This step is not written yet.")
    {
    }
}
