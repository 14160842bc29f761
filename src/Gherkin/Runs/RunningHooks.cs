using System.Collections.Concurrent;
using AirHil.Gherkin.Bindings;
using Reqnroll.Bindings;

namespace AirHil.Gherkin.Runs;

/// <summary>
/// The hooks of a run that have begun and not ended, those before and after the run included: Reqnroll runs these on a
/// runner that no scenario uses.
/// </summary>
internal sealed class RunningHooks
{
    private readonly ConcurrentDictionary<object, string> _names = [];

    public IEnumerable<string> Names => _names.Values;

    /// <summary>"AfterScenario CalculatorHooks.Break()".</summary>
    public static string NameOf(IHookBinding hook) => $"{hook.HookType} {BindingMethod.Of(hook.Method).Name}";

    /// <summary>Notes a hook until the result is disposed of. Other bindings are not noted.</summary>
    public IDisposable? Begin(IBinding binding) => binding is IHookBinding hook ? new Entry(this, NameOf(hook)) : null;

    private sealed class Entry : IDisposable
    {
        private readonly RunningHooks _all;

        public Entry(RunningHooks all, string name)
        {
            _all = all;
            all._names[this] = name;
        }

        public void Dispose() => _all._names.TryRemove(this, out _);
    }
}
