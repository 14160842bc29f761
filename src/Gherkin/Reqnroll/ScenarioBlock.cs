namespace Reqnroll;

/// <summary>The part of a scenario that is running.</summary>
public enum ScenarioBlock
{
    None = 0,
    Given = 1,
    When = 2,
    Then = 3,
}
