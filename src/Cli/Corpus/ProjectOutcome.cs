namespace AirHil.Cli.Corpus;

/// <summary>What became of a project.</summary>
internal enum ProjectOutcome
{
    /// <summary>It ran for the whole time: no error, no watchdog reset, no call that is not modelled.</summary>
    Whole,

    /// <summary>It called a function that the virtual module does not have.</summary>
    NotModelled,

    /// <summary>It needs a library or a function of LuatOS that this module's firmware does not have either.</summary>
    NotOnModule,

    /// <summary>It needs a module that its folder does not hold.</summary>
    MissingModule,

    /// <summary>It ended in an error of its own, or the watchdog reset the module.</summary>
    Error,

    /// <summary>The folder could not be loaded.</summary>
    NotLoaded,
}
