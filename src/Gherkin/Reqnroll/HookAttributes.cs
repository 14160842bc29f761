using Reqnroll.Bindings;

namespace Reqnroll;

/// <summary>What the hook attributes share: the moment, the tags (any of them; none: always), the order.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public abstract class HookAttribute : Attribute
{
    public const int DefaultOrder = 10000;

    private protected HookAttribute(HookType moment, string[] tags)
    {
        Moment = moment;
        Tags = tags;
    }

    public string[] Tags { get; }

    /// <summary>Lower runs first among the hooks of one moment; equal orders run in order of declaration.</summary>
    public int Order { get; set; } = DefaultOrder;

    internal HookType Moment { get; }
}

/// <summary>Runs once, before the first scenario; the method is static.</summary>
public class BeforeTestRunAttribute() : HookAttribute(HookType.BeforeTestRun, []);

/// <summary>Runs once, after the last scenario; the method is static.</summary>
public class AfterTestRunAttribute() : HookAttribute(HookType.AfterTestRun, []);

/// <summary>Runs before the first scenario of a feature; the method is static.</summary>
public class BeforeFeatureAttribute(params string[] tags) : HookAttribute(HookType.BeforeFeature, tags);

/// <summary>Runs after the last scenario of a feature; the method is static.</summary>
public class AfterFeatureAttribute(params string[] tags) : HookAttribute(HookType.AfterFeature, tags);

/// <summary>Runs before the steps of each scenario and of each example row.</summary>
public class BeforeScenarioAttribute(params string[] tags) : HookAttribute(HookType.BeforeScenario, tags);

/// <summary>The same as <see cref="BeforeScenarioAttribute"/>.</summary>
public class BeforeAttribute(params string[] tags) : BeforeScenarioAttribute(tags);

/// <summary>Runs after the steps of each scenario, also of a failed or skipped one.</summary>
public class AfterScenarioAttribute(params string[] tags) : HookAttribute(HookType.AfterScenario, tags);

/// <summary>The same as <see cref="AfterScenarioAttribute"/>.</summary>
public class AfterAttribute(params string[] tags) : AfterScenarioAttribute(tags);

/// <summary>Runs before each step that will run.</summary>
public class BeforeStepAttribute(params string[] tags) : HookAttribute(HookType.BeforeStep, tags);

/// <summary>Runs after each step that ran, also a failed one.</summary>
public class AfterStepAttribute(params string[] tags) : HookAttribute(HookType.AfterStep, tags);
