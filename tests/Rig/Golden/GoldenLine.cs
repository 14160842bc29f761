namespace AirHil.Rig.Tests.Golden;

/// <summary>One record of a golden trace.</summary>
/// <param name="Earliest">
/// The module's tick in s; where the reference gives a range over several boots, its beginning.
/// </param>
/// <param name="Latest">The end of that range; for a single trace the same.</param>
/// <param name="Text">The record with what a run may differ in masked (see <see cref="GoldenTrace.Mask"/>).</param>
internal sealed record GoldenLine(double Earliest, double Latest, string Text)
{
    public GoldenLine(double at, string text)
        : this(at, at, text)
    {
    }
}
