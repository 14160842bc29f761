namespace Reqnroll;

/// <summary>A mistake in bindings or in their use.</summary>
public class ReqnrollException : Exception
{
    public ReqnrollException()
    {
    }

    public ReqnrollException(string message) : base(message)
    {
    }

    public ReqnrollException(string message, Exception inner) : base(message, inner)
    {
    }
}
