using System.Globalization;
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

    /// <summary>What transformations make, those among them that need more than the text.</summary>
    private readonly HashSet<Type> _made = [];

    public ArgumentCheck(IEnumerable<IStepArgumentTransformationBinding> transformations)
    {
        foreach (var method in transformations.Select(one => one.Method.Info()))
        {
            // A transformation may make its value later, as a Task.
            _made.Add(method.ReturnType is { IsGenericType: true } later
                ? later.GetGenericArguments()[0]
                : method.ReturnType);
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
            var problem = _readers.TryGetValue(parameter.ParameterType, out var reader)
                ? WhyNot(reader, text)
                : _made.Contains(parameter.ParameterType) ? null : WhyNoNumber(parameter.ParameterType, text);
            if (problem is not null) yield return problem;
        }
    }

    /// <summary>The pattern of a number takes more digits, and other ones, than its type does.</summary>
    private static string? WhyNoNumber(Type type, string text)
    {
        if (!type.IsPrimitive || type == typeof(bool) || type == typeof(char)) return null;
        try
        {
            Convert.ChangeType(text, type, CultureInfo.InvariantCulture);
            return null;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            var (least, most) = (type.GetField("MinValue"), type.GetField("MaxValue"));
            return string.Create(
                CultureInfo.InvariantCulture,
                $"'{text}' is not a number from {least?.GetValue(null)} to {most?.GetValue(null)}");
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
