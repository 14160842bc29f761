namespace AirHil.Rig.Time;

/// <summary>Which clock a run lives on.</summary>
public enum RigClock
{
    /// <summary>Time jumps from event to event.</summary>
    Virtual,

    /// <summary>Time passes as it does; for boards and remote modems, and for a model beside them.</summary>
    Wall,
}
