namespace Reqnroll;

/// <summary>A binding that cannot work: a bad expression, a method that does not fit it, an ambiguous step.</summary>
public class BindingException : ReqnrollException
{
    public BindingException()
    {
    }

    public BindingException(string message) : base(message)
    {
    }

    public BindingException(string message, Exception inner) : base(message, inner)
    {
    }
}
