using CucumberExpressions;
using Reqnroll;
using Reqnroll.Bindings;

namespace AirHil.Gherkin.Bindings;

/// <summary>Mistakes that Reqnroll tells only when a step runs, or not so that one could find them.</summary>
internal static class BindingChecks
{
    private static readonly HashSet<string> BuiltIn = new(StringComparer.Ordinal)
    {
        "", "string", "word", "int", "long", "short", "byte", "float", "double", "decimal", "biginteger", "bigdecimal",
    };

    public static IEnumerable<string> Of(IBindingRegistry registry)
    {
        string[] names =
        [
            .. registry.GetStepTransformations().Where(one => one.Name is not null && BuiltIn.Contains(one.Name))
                .Select(one => $"{BindingMethod.Of(one.Method).Name}: {{{one.Name}}} is a built-in parameter type; " +
                    "choose another name."),
        ];
        // With such a name Reqnroll can build no expression at all, and says so without the name.
        var told = registry.GetErrorMessages().Select(error => error.Message);
        return [
            .. names,
            .. names.Length == 0 ? told : told.Where(one => !one.Contains("same key", StringComparison.Ordinal)),
            .. OfSteps(registry),
        ];
    }

    private static IEnumerable<string> OfSteps(IBindingRegistry registry)
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
