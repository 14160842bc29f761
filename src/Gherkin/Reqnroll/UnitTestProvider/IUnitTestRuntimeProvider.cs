namespace Reqnroll.UnitTestProvider;

/// <summary>Ends the running scenario from a hook or a step, with a reason.</summary>
public interface IUnitTestRuntimeProvider
{
    void TestPending(string message);

    /// <summary>The same as <see cref="TestIgnore"/> here.</summary>
    void TestInconclusive(string message);

    /// <summary>The scenario counts as skipped.</summary>
    void TestIgnore(string message);
}
