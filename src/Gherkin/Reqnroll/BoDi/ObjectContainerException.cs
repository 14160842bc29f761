namespace Reqnroll.BoDi;

/// <summary>An object could not be created or registered; the message names the chain of requests.</summary>
public class ObjectContainerException(string message) : Exception(message);
