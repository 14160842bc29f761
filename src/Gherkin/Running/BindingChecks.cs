using AirHil.Gherkin.Bindings;
using CucumberExpressions;
using Reqnroll;
using Reqnroll.Bindings;

namespace AirHil.Gherkin.Running;

/// <summary>Mistakes that Reqnroll tells only when a step runs, or not so that one could find them.</summary>
internal static class BindingChecks
{
    public static IEnumerable<string> Of(IBindingRegistry registry)
    {
        foreach (var step in registry.GetStepDefinitions().Where(one => one.IsValid))
        {
            var method = step.Method.Info();
            var name = BindingMethod.Of(step.Method).Name;
            var returned = method.ReturnType;
            if (returned != typeof(void) && returned != typeof(Task) && returned != typeof(ValueTask))
            {
                yield return $"{name}: a step returns void, Task or ValueTask.";
            }

            var parameters = method.GetParameters();
            if (step.Expression is not CucumberExpression { ParameterTypes.Length: var values }) continue;
            var takesMore = parameters.Length == values + 1 && parameters[^1].ParameterType is var last &&
                (last == typeof(string) || last.IsAssignableTo(typeof(Table)));
            if (parameters.Length != values && !takesMore)
            {
                yield return
                    $"{name}: \"{step.SourceExpression}\" gives {values} values, the method takes " +
                    $"{parameters.Length} (one more is right only for a last DataTable or string).";
            }
        }
    }
}
