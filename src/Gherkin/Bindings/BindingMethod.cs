using System.ComponentModel;
using System.Reflection;
using Reqnroll.Bindings.Reflection;

namespace AirHil.Gherkin.Bindings;

/// <summary>A method of a binding class, as far as others than Reqnroll look at it.</summary>
public sealed class BindingMethod(Type bindingClass, MethodInfo method)
{
    public Type BindingClass { get; } = bindingClass;

    internal static BindingMethod Of(IBindingMethod method) => new(method.Info().ReflectedType!, method.Info());

    /// <summary>In the order of a step's arguments; a table or a text below the step comes last.</summary>
    public IEnumerable<Type> ParameterTypes => method.GetParameters().Select(one => one.ParameterType);

    /// <summary>Class and method, for messages.</summary>
    public string Name =>
        $"{BindingClass.Name}.{method.Name}({string.Join(", ", ParameterTypes.Select(one => one.Name))})";

    /// <summary>Text of the method's <see cref="DescriptionAttribute"/>, or empty.</summary>
    public string Description { get; } = method.GetCustomAttribute<DescriptionAttribute>()?.Description ?? "";

    /// <summary>Attributes of the method and of its class.</summary>
    public IEnumerable<T> Attributes<T>() where T : Attribute =>
        method.GetCustomAttributes<T>().Concat(BindingClass.GetCustomAttributes<T>());
}
