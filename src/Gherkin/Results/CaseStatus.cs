namespace AirHil.Gherkin.Results;

/// <summary>What became of a step or a scenario.</summary>
public enum CaseStatus
{
    Passed,

    /// <summary>By its own wish, or because an earlier step did not pass.</summary>
    Skipped,

    /// <summary>The step says that it is not written yet.</summary>
    Pending,

    /// <summary>No binding fits the text.</summary>
    Undefined,

    /// <summary>Several bindings fit the text.</summary>
    Ambiguous,

    Failed,
}
