using System.Reflection;
using AirHil.Gherkin.Plan;
using Reqnroll.Bindings;

namespace AirHil.Gherkin.Bindings;

/// <summary>
/// Reads the arguments of a step as the runner would, before any scenario runs. Only transformations are used whose
/// class is made without arguments: they know nothing of a scenario.
/// </summary>
internal sealed class ArgumentCheck
{
    private readonly Dictionary<Type, MethodInfo> _readers = [];

    public ArgumentCheck(IEnumerable<IStepArgumentTransformationBinding> transformations)
    {
        foreach (var method in transformations.Select(one => one.Method.Info()))
        {
            if (method.ReflectedType?.GetConstructor(Type.EmptyTypes) is null) continue;
            if (method.GetParameters() is [{ ParameterType: var taken }] && taken == typeof(string))
            {
                _readers.TryAdd(method.ReturnType, method);
            }
        }
    }

    /// <summary>A line for each argument that cannot be read.</summary>
    public IEnumerable<string> Problems(StepBinding binding, StepCase step)
    {
        var parameters = binding.First.Method.Info().GetParameters();
        foreach (var (parameter, text) in parameters.Zip(binding.Arguments(step.Text)))
        {
            if (_readers.TryGetValue(parameter.ParameterType, out var reader) && WhyNot(reader, text) is { } problem)
            {
                yield return problem;
            }
        }
    }

    private static string? WhyNot(MethodInfo reader, string text)
    {
        try
        {
            reader.Invoke(Activator.CreateInstance(reader.ReflectedType!), [text]);
            return null;
        }
        catch (TargetInvocationException e) when (e.InnerException is FormatException or ArgumentException)
        {
            return e.InnerException.Message;
        }
    }
}
