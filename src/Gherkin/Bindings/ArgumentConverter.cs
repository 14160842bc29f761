using System.Globalization;
using Reqnroll;

namespace AirHil.Gherkin.Bindings;

/// <summary>
/// Turns the values of a step into what the method takes: by a transformation that gives that type, else directly for
/// text, numbers, bool, enums and the like, always in the invariant culture.
/// </summary>
internal sealed class ArgumentConverter(IReadOnlyList<TransformationBinding> transformations)
{
    /// <param name="parameterType">Name in the expression; its own transformation is asked first.</param>
    /// <exception cref="BindingException">No way from the value to the type.</exception>
    public ValueTask<object?> ConvertAsync(object value, Type type, string? parameterType, ObjectContainer container) =>
        ConvertAsync(value, type, parameterType, container, null);

    private async ValueTask<object?> ConvertAsync(
        object value, Type type, string? parameterType, ObjectContainer container, TransformationBinding? caller)
    {
        var (transformation, values) = Find(value, type, parameterType, caller);
        if (transformation is null) return type.IsInstanceOfType(value) ? value : ConvertDirectly(value, type);
        var parameters = transformation.Method.Parameters;
        if (parameters.Count != values.Length)
        {
            throw new BindingException(
                $"{transformation.Method.Name}: \"{transformation.Pattern}\" gave {values.Length} values " +
                $"for '{value}', the method takes {parameters.Count}.");
        }

        var arguments = new object?[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            arguments[i] = await ConvertAsync(values[i], parameters[i].ParameterType, null, container, transformation)
                .ConfigureAwait(false);
        }

        return await transformation.Method.InvokeAsync(container, arguments).ConfigureAwait(false);
    }

    private (TransformationBinding? Transformation, object[] Values) Find(
        object value, Type type, string? parameterType, TransformationBinding? caller)
    {
        (TransformationBinding? Transformation, object[] Values) found = (null, []);
        foreach (var transformation in transformations)
        {
            if (transformation == caller || transformation.Method.ResultType != type) continue;
            var isNamed = parameterType is not null && transformation.Name == parameterType;
            if (found.Transformation is not null && !isNamed) continue;
            if (transformation.Match(value) is not { } values) continue;
            found = (transformation, values);
            if (isNamed) break;
        }

        return found;
    }

    private static object? ConvertDirectly(object value, Type type)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (value is not string text)
        {
            throw new BindingException($"A {value.GetType().Name} cannot become a {type.Name}.");
        }

        try
        {
            if (target.IsEnum) return Enum.Parse(target, text.Replace(" ", "", StringComparison.Ordinal), true);
            if (target == typeof(Guid)) return Guid.Parse(text, CultureInfo.InvariantCulture);
            if (typeof(IConvertible).IsAssignableFrom(target))
            {
                return Convert.ChangeType(text, target, CultureInfo.InvariantCulture);
            }
        }
        catch (Exception error) when (error is FormatException or OverflowException or ArgumentException)
        {
            throw new BindingException($"'{text}' cannot become {Describe(target)}: {error.Message}", error);
        }

        throw new BindingException(
            $"'{text}' cannot become a {type.Name}: no [StepArgumentTransformation] that gives one takes this text.");
    }

    private static string Describe(Type type) =>
        type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}" : $"a {type.Name}";
}
