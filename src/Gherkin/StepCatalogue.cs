using System.Reflection;
using AirHil.Gherkin.Bindings;
using AirHil.Gherkin.Expressions;
using AirHil.Gherkin.Running;
using Reqnroll;
using Reqnroll.Bindings;

namespace AirHil.Gherkin;

/// <summary>All bindings of some assemblies. Immutable once discovered, so runs and threads may share it.</summary>
public sealed class StepCatalogue
{
    private readonly List<StepBinding> _steps = [];
    private readonly List<HookBinding> _hooks = [];
    private readonly List<TransformationBinding> _transformations = [];
    private readonly Dictionary<HookType, HookBinding[]> _hooksByMoment;

    private StepCatalogue(IEnumerable<Type> types)
    {
        List<string> problems = [];
        var methods = types
            .Where(type => type.IsDefined(typeof(BindingAttribute), false))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .SelectMany(MethodsOf)
            .ToList();
        foreach (var (type, method) in methods) GuardedMethod(type, method, AddTransformations);
        _transformations = [.. _transformations.OrderBy(one => one.Order)];
        foreach (var one in _transformations)
        {
            Guarded(one.Method.Name, () => ParameterTypes.Add(
                ParameterType.Own(one.Name, one.Pattern, one.Method.Description)));
        }

        AddEnumerations(methods.Select(one => one.Method));
        foreach (var (type, method) in methods)
        {
            GuardedMethod(type, method, AddSteps);
            GuardedMethod(type, method, AddHooks);
        }

        if (problems.Count > 0) throw new BindingException(string.Join('\n', problems.Distinct()));
        _hooksByMoment = _hooks.GroupBy(hook => hook.Moment)
            .ToDictionary(moment => moment.Key, moment => moment.OrderBy(hook => hook.Order).ToArray());
        Converter = new ArgumentConverter(_transformations);

        void Guarded(object place, Action action)
        {
            try
            {
                action();
            }
            catch (Exception error) when (error is ReqnrollException or ExpressionException)
            {
                problems.Add(error is BindingException ? error.Message : $"{place}: {error.Message}");
            }
        }

        void GuardedMethod(Type type, MethodInfo method, Action<Type, MethodInfo> add) =>
            Guarded($"{type.Name}.{method.Name}", () => add(type, method));
    }

    public IReadOnlyList<StepBinding> Steps => _steps;

    public ParameterTypes ParameterTypes { get; } = new();

    internal ArgumentConverter Converter { get; }

    /// <summary>Looks through the assemblies for classes with [Binding].</summary>
    /// <exception cref="BindingException">Some bindings cannot work; the message has a line for each.</exception>
    public static StepCatalogue Discover(params IEnumerable<Assembly> assemblies) =>
        new(assemblies.Distinct().SelectMany(assembly => assembly.GetTypes()));

    /// <summary>The same for single classes.</summary>
    /// <exception cref="BindingException">Some bindings cannot work; the message has a line for each.</exception>
    public static StepCatalogue OfClasses(params IEnumerable<Type> classes) => new(classes);

    /// <summary>The one binding that fits a step; null where none does, or several do.</summary>
    public StepBinding? Find(StepCase step, ScenarioCase scenario) =>
        new StepMatcher(this).Match(step, scenario).Binding;

    internal IEnumerable<HookBinding> HooksAt(HookType moment) => _hooksByMoment.GetValueOrDefault(moment, []);

    /// <summary>How C# writes the type that an own parameter type becomes.</summary>
    internal string ClrTypeOf(string parameterType) =>
        _transformations.Find(one => one.Name == parameterType)?.Method.ResultType.Name ?? "string";

    private static IEnumerable<(Type Type, MethodInfo Method)> MethodsOf(Type type) =>
        type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .OrderBy(method => method.MetadataToken)
            .Select(method => (type, method));

    private void AddTransformations(Type type, MethodInfo method)
    {
        foreach (var attribute in method.GetCustomAttributes<StepArgumentTransformationAttribute>())
        {
            _transformations.Add(new TransformationBinding(
                new BindingMethod(type, method), attribute.Regex, attribute.Name, attribute.Order));
        }
    }

    /// <summary>An enum that a step takes is a parameter type by its name, as Reqnroll has it.</summary>
    private void AddEnumerations(IEnumerable<MethodInfo> methods)
    {
        var enums = methods.Where(method => method.IsDefined(typeof(StepDefinitionBaseAttribute)))
            .SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.ParameterType)
            .Where(type => type.IsEnum && ParameterTypes.Find(type.Name) is null);
        foreach (var type in enums.Distinct())
        {
            ParameterTypes.Add(new ParameterType(
                type.Name, [".*"], string.Join(", ", Enum.GetNames(type).Select(name => $"`{name}`")), ""));
        }
    }

    private void AddSteps(Type type, MethodInfo method)
    {
        foreach (var attribute in method.GetCustomAttributes<StepDefinitionBaseAttribute>())
        {
            var source = attribute.Expression ??
                throw new ReqnrollException("the step attribute needs an expression.");
            var expression = StepExpression.Parse(source, attribute.ExpressionType, ParameterTypes);
            _steps.Add(new StepBinding(
                new BindingMethod(type, method), attribute.Types, expression, new BindingScope([type, method], [])));
        }
    }

    private void AddHooks(Type type, MethodInfo method)
    {
        foreach (var attribute in method.GetCustomAttributes<HookAttribute>())
        {
            var hook = new BindingMethod(type, method);
            if (!hook.ReturnsNothing) throw new ReqnrollException("a hook returns void, Task or ValueTask.");
            if (attribute.Moment <= HookType.AfterFeature && !hook.IsStatic)
            {
                throw new ReqnrollException($"a hook at {attribute.Moment} is static.");
            }

            _hooks.Add(new HookBinding(
                hook, attribute.Moment, attribute.Order, new BindingScope([type, method], attribute.Tags)));
        }
    }
}
