namespace AirHil.VirtualModem.Registration;

/// <summary>EPS mobility management (3GPP TS 24.301, 5.1.3), as far as a script can tell the states apart.</summary>
internal enum EmmState
{
    /// <summary>EMM-DEREGISTERED, no SIM or radio off.</summary>
    Deregistered,

    /// <summary>EMM-DEREGISTERED.PLMN-SEARCH.</summary>
    PlmnSearch,

    /// <summary>EMM-DEREGISTERED.NO-CELL-AVAILABLE.</summary>
    NoCellAvailable,

    /// <summary>EMM-REGISTERED-INITIATED: attach is under way.</summary>
    RegisteredInitiated,

    /// <summary>EMM-REGISTERED.NORMAL-SERVICE.</summary>
    Registered,

    /// <summary>EMM-DEREGISTERED.ATTEMPTING-TO-ATTACH: an attach has failed and will be tried again.</summary>
    AttemptingToAttach,

    /// <summary>EMM-DEREGISTERED.LIMITED-SERVICE: the network does not want this subscriber here.</summary>
    LimitedService,
}

internal enum EmmTrigger
{
    SimReady,
    CellFound,
    NoCellFound,
    CoverageGained,
    CoverageLost,
    AttachAccepted,
    LossConfirmed,
    RadioOff,
    AttachFailed,
    AttachRejected,
    AttemptAgain,
}

/// <summary>Registration: every pair leads somewhere, is ignored on the record, or is a bug.</summary>
internal static class EmmMachine
{
    /// <exception cref="InvalidOperationException">The pair cannot happen.</exception>
    public static EmmState Next(EmmState state, EmmTrigger trigger) => (state, trigger) switch
    {
        (_, EmmTrigger.RadioOff) => EmmState.Deregistered,
        (EmmState.Deregistered, EmmTrigger.SimReady) => EmmState.PlmnSearch,
        // Coverage comes and goes unseen while nobody listens, and a search looks at its end.
        (EmmState.Deregistered or EmmState.PlmnSearch, EmmTrigger.CoverageGained or EmmTrigger.CoverageLost) => state,
        (EmmState.PlmnSearch, EmmTrigger.CellFound) => EmmState.RegisteredInitiated,
        (EmmState.PlmnSearch, EmmTrigger.NoCellFound) => EmmState.NoCellAvailable,
        (EmmState.NoCellAvailable, EmmTrigger.CoverageGained) => EmmState.PlmnSearch,
        (EmmState.NoCellAvailable, EmmTrigger.CoverageLost) => state,
        (EmmState.RegisteredInitiated, EmmTrigger.AttachAccepted) => EmmState.Registered,
        (EmmState.RegisteredInitiated, EmmTrigger.CoverageLost) => EmmState.NoCellAvailable,
        (EmmState.RegisteredInitiated, EmmTrigger.CoverageGained) => state,
        (EmmState.RegisteredInitiated, EmmTrigger.AttachFailed) => EmmState.AttemptingToAttach,
        (EmmState.RegisteredInitiated, EmmTrigger.AttachRejected) => EmmState.LimitedService,
        (EmmState.AttemptingToAttach or EmmState.LimitedService, EmmTrigger.AttemptAgain) => EmmState.PlmnSearch,
        // The search that comes looks for a cell at its end.
        (EmmState.AttemptingToAttach or EmmState.LimitedService,
            EmmTrigger.CoverageGained or EmmTrigger.CoverageLost) => state,
        // A gap in coverage counts only when it lasts (LossConfirmed).
        (EmmState.Registered, EmmTrigger.CoverageLost or EmmTrigger.CoverageGained) => state,
        (EmmState.Registered, EmmTrigger.LossConfirmed) => EmmState.NoCellAvailable,
        _ => throw new InvalidOperationException($"EMM: {trigger} cannot happen in {state}."),
    };
}
