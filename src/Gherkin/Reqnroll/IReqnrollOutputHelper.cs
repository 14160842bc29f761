namespace Reqnroll;

/// <summary>Where bindings write lines that belong to the scenario's result.</summary>
public interface IReqnrollOutputHelper
{
    void WriteLine(string message);

    void WriteLine(string format, params object[] args);

    /// <summary>Names a file that belongs to the result; the file is not read.</summary>
    void AddAttachment(string filePath);
}
