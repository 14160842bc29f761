namespace Reqnroll.Bindings;

/// <summary>The keyword a step answers to; And, But and * take the keyword before them.</summary>
public enum StepDefinitionType
{
    Given = ScenarioBlock.Given,
    When = ScenarioBlock.When,
    Then = ScenarioBlock.Then,
}
