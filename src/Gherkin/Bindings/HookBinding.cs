using Reqnroll.Bindings;

namespace AirHil.Gherkin.Bindings;

/// <summary>A hook: the moment, the order among those of that moment, and where it applies.</summary>
internal sealed record HookBinding(BindingMethod Method, HookType Moment, int Order, BindingScope Scope)
{
    /// <summary>Calls the hook; its parameters come from the container.</summary>
    public async ValueTask RunAsync(ObjectContainer container)
    {
        var arguments = Method.Parameters.Select(p => (object?)container.Resolve(p.ParameterType)).ToArray();
        await Method.InvokeAsync(container, arguments).ConfigureAwait(false);
    }
}
