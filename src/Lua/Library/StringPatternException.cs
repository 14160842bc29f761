namespace AirHil.Lua.Library;

/// <summary>A pattern is malformed or too complex; the library raises the message as a Lua error.</summary>
internal sealed class StringPatternException(string message) : Exception(message);
