using System.Diagnostics;
using System.Reflection;
using Reqnroll.Bindings;
using AirHil.Gherkin.Bindings;
using Reqnroll.Infrastructure;
using Reqnroll.Tracing;

namespace AirHil.Gherkin.Running;

/// <summary>
/// Calls bindings by reflection; Reqnroll's own compiles a lambda for each, which a short run pays dearly.
/// </summary>
internal sealed class DirectInvoker : IAsyncBindingInvoker
{
    public async Task<object?> InvokeBindingAsync(
        IBinding binding, IContextManager contextManager, object[]? arguments, ITestTracer testTracer,
        DurationHolder durationHolder)
    {
        var method = binding.Method.Info();
        var target = method.IsStatic ? null : contextManager.ScenarioContext.GetBindingInstance(method.ReflectedType);
        var start = Stopwatch.GetTimestamp();
        try
        {
            switch (method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null))
            {
                case Task task:
                    await task.ConfigureAwait(false);
                    return method.ReturnType.IsGenericType
                        ? task.GetType().GetProperty(nameof(Task<>.Result))!.GetValue(task)
                        : null;
                case ValueTask task:
                    await task.ConfigureAwait(false);
                    return null;
                case var value:
                    return value;
            }
        }
        finally
        {
            durationHolder.Duration = Stopwatch.GetElapsedTime(start);
        }
    }
}
