using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace AirHil.Cli.Output;

/// <summary>The ordinary help, and what options alone do not say.</summary>
internal sealed class HelpWithPhrases(HelpAction help, string more) : SynchronousCommandLineAction
{
    /// <summary>Who asks for help need not give the rest of the line.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output.WriteLine(more);
        return code;
    }
}
