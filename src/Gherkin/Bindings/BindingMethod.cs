using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;
using Reqnroll;

namespace AirHil.Gherkin.Bindings;

/// <summary>A method of a binding class; static, or called on the scenario's instance of the class.</summary>
public sealed class BindingMethod
{
    private readonly MethodInfo _method;

    /// <exception cref="BindingException">The method can never be called by the runner.</exception>
    internal BindingMethod(Type bindingClass, MethodInfo method)
    {
        _method = method;
        BindingClass = bindingClass;
        Parameters = method.GetParameters();
        Description = method.GetCustomAttribute<DescriptionAttribute>()?.Description ?? "";
        if (method.ContainsGenericParameters) throw new BindingException($"{Name}: a binding cannot be generic.");
        if (method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute)))
        {
            throw new BindingException($"{Name}: async void cannot be awaited; return Task or ValueTask.");
        }
    }

    public Type BindingClass { get; }

    /// <summary>Class and method, for messages.</summary>
    public string Name =>
        $"{BindingClass.Name}.{_method.Name}({string.Join(", ", Parameters.Select(one => one.ParameterType.Name))})";

    /// <summary>Text of the method's <see cref="DescriptionAttribute"/>, or empty.</summary>
    public string Description { get; }

    public bool IsStatic => _method.IsStatic;

    /// <summary>Attributes of the method and of its class.</summary>
    public IEnumerable<T> Attributes<T>() where T : Attribute =>
        _method.GetCustomAttributes<T>().Concat(BindingClass.GetCustomAttributes<T>());

    internal IReadOnlyList<ParameterInfo> Parameters { get; }

    internal Type ReturnType => _method.ReturnType;

    /// <summary>What comes out when the call is done; the type inside of a Task.</summary>
    internal Type ResultType => _method.ReturnType.IsGenericType &&
        _method.ReturnType.GetGenericTypeDefinition() == typeof(Task<>)
            ? _method.ReturnType.GetGenericArguments()[0]
            : _method.ReturnType;

    internal bool ReturnsNothing =>
        ReturnType == typeof(void) || ReturnType == typeof(Task) || ReturnType == typeof(ValueTask);

    internal bool IsSameAs(BindingMethod other) =>
        BindingClass == other.BindingClass && _method.MethodHandle == other._method.MethodHandle;

    /// <summary>Calls the method and awaits it; its exception comes out unwrapped.</summary>
    internal async ValueTask<object?> InvokeAsync(ObjectContainer container, object?[] arguments)
    {
        var target = _method.IsStatic ? null : container.Resolve(BindingClass);
        var result = _method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        switch (result)
        {
            case Task task:
                await task.ConfigureAwait(false);
                return ReturnsNothing ? null : _method.ReturnType.GetProperty(nameof(Task<>.Result))?.GetValue(task);
            case ValueTask task:
                await task.ConfigureAwait(false);
                return null;
            default:
                return result;
        }
    }
}
