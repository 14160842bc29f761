using System.Diagnostics;
using System.Reflection;
using System.Runtime.ExceptionServices;
using AirHil.Gherkin.Bindings;
using Reqnroll;
using Reqnroll.Bindings;
using Reqnroll.Infrastructure;
using Reqnroll.Tracing;

namespace AirHil.Gherkin.Runs;

/// <summary>
/// Calls bindings by reflection. Reqnroll's own invoker compiles a lambda for each, which costs a short run much.
/// </summary>
internal sealed class DirectInvoker(RunningHooks hooks) : IAsyncBindingInvoker
{
    private readonly RunFolder _folder = new();

    public async Task<object?> InvokeBindingAsync(
        IBinding binding, IContextManager contextManager, object[]? arguments, ITestTracer testTracer,
        DurationHolder durationHolder)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            using var running = hooks.Begin(binding);
            using var culture = new CultureInfoScope(contextManager.FeatureContext);
            var method = binding.Method.Info();
            return await (StepLibrary.IsFrom(method.Module.Assembly)
                ? OfLibrary(method, contextManager, arguments)
                : Start(method, contextManager, arguments)).ConfigureAwait(false);
        }
        catch (Exception error) when (ErrorText.Readable(error) != error)
        {
            throw ErrorText.Readable(error);
        }
        finally
        {
            durationHolder.Duration = Stopwatch.GetElapsedTime(start);
        }
    }

    private async Task<object?> OfLibrary(MethodInfo method, IContextManager contexts, object[]? arguments)
    {
        try
        {
            var result = await Start(method, contexts, arguments).ConfigureAwait(false);
            return _folder.IsLeft
                ? throw new BindingException(
                    $"the current folder of the process was changed from '{_folder.Path}' while this ran; all " +
                    "scenarios share it, so use full paths instead")
                : result;
        }
        finally
        {
            _folder.PutBack();
        }
    }

    /// <summary>
    /// Not async, as in Reqnroll: an AsyncLocal that one binding of a scenario sets, the next one reads.
    /// </summary>
    private static Task<object?> Start(MethodInfo method, IContextManager contexts, object[]? arguments)
    {
        if (contexts.ScenarioContext is not { } scenario) return Call(method, null, arguments);
        var context = scenario.ScenarioContainer.Resolve<ExecutionContextHolder>();
        Task<object?>? started = null;
        if (context.Value is null) Invoke(null);
        else ExecutionContext.Run(context.Value, Invoke, null);
        return started!;

        void Invoke(object? state)
        {
            try
            {
                started = Call(method, scenario, arguments);
            }
            finally
            {
                context.Value = ExecutionContext.Capture();
            }
        }
    }

    private static Task<object?> Call(MethodInfo method, ScenarioContext? scenario, object[]? arguments)
    {
        var target = method.IsStatic || scenario is null ? null : InstanceOf(method.ReflectedType!, scenario);
        return method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null) switch
        {
            Task task => Ended(task, method),
            ValueTask task => Ended(task.AsTask(), method),
            var value => Task.FromResult(value),
        };
    }

    private static object InstanceOf(Type bindingClass, ScenarioContext scenario)
    {
        try
        {
            return scenario.GetBindingInstance(bindingClass);
        }
        catch (TargetInvocationException constructor) when (constructor.InnerException is { } error)
        {
            ExceptionDispatchInfo.Throw(error);
            throw;
        }
    }

    private static async Task<object?> Ended(Task task, MethodInfo method)
    {
        await task.ConfigureAwait(false);
        return method.ReturnType.IsGenericType
            ? task.GetType().GetProperty(nameof(Task<>.Result))!.GetValue(task)
            : null;
    }
}
