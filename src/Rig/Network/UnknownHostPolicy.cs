namespace AirHil.Rig.Network;

/// <summary>How DNS answers for a name that no service has.</summary>
public enum UnknownHostPolicy
{
    /// <summary>A negative answer; the module treats it like a dead server (reference §4.3).</summary>
    NxDomain,

    /// <summary>No answer at all.</summary>
    Silence,
}
