using Reqnroll.BoDi;

namespace AirHil.Gherkin.Bindings;

/// <summary>
/// Objects by type and name. A request goes to the registrations here, then to those of the parents; a concrete class
/// that nobody registered is created here. Disposal runs in reverse order of creation. Safe for several threads,
/// since the containers of the run and of a feature are shared by scenarios.
/// </summary>
internal sealed class ObjectContainer(ObjectContainer? parent = null) : IObjectContainer, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(Type, string?), Func<List<Type>, object>> _registered = [];
    private readonly Dictionary<(Type, string?), object> _givenOut = [];
    private readonly List<object> _disposables = [];
    private bool _disposed;

    public void RegisterInstanceAs<TInterface>(TInterface instance, string? name = null, bool dispose = false)
        where TInterface : class
    {
        ArgumentNullException.ThrowIfNull(instance);
        Register(typeof(TInterface), name, _ => instance);
        if (!dispose) return;
        lock (_gate) Own(instance);
    }

    public void RegisterTypeAs<TType, TInterface>(string? name = null) where TType : class, TInterface =>
        Register(typeof(TInterface), name, path => GetOrCreate(typeof(TType), null, path));

    public void RegisterFactoryAs<TInterface>(
        Func<IObjectContainer, TInterface> factoryDelegate, string? name = null) =>
        Register(typeof(TInterface), name, _ => Own(factoryDelegate(this)
            ?? throw new ObjectContainerException($"The factory for {typeof(TInterface).Name} gave null.")));

    public T Resolve<T>() => (T)Resolve(typeof(T));

    public T Resolve<T>(string? name) => (T)Resolve(typeof(T), name);

    public object Resolve(Type typeToResolve, string? name = null) => GetOrCreate(typeToResolve, name, []);

    public bool IsRegistered<T>(string? name = null)
    {
        lock (_gate)
        {
            if (_registered.ContainsKey((typeof(T), name))) return true;
        }

        return parent?.IsRegistered<T>(name) ?? false;
    }

    /// <summary>Disposes of what was created here; goes on after an error and throws all of them at the end.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
        }

        List<Exception> errors = [];
        for (var i = _disposables.Count - 1; i >= 0; i--)
        {
            try
            {
                if (_disposables[i] is IAsyncDisposable later) await later.DisposeAsync().ConfigureAwait(false);
                else ((IDisposable)_disposables[i]).Dispose();
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                errors.Add(error);
            }
        }

        if (errors.Count == 1) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(errors[0]);
        if (errors.Count > 1) throw new AggregateException(errors);
    }

    private void Register(Type type, string? name, Func<List<Type>, object> factory)
    {
        lock (_gate)
        {
            if (_givenOut.ContainsKey((type, name)))
            {
                throw new ObjectContainerException($"{type.Name} was given out already; register it earlier.");
            }

            _registered[(type, name)] = factory;
        }
    }

    private object GetOrCreate(Type type, string? name, List<Type> path)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (FindRegistered(type, name, path) is { } known) return known;
            if (name is not null) throw Failure(type, path, $"nothing is registered under the name '{name}'");
            if (!_givenOut.TryGetValue((type, null), out var created))
            {
                _givenOut.Add((type, null), created = Create(type, path));
            }

            return created;
        }
    }

    /// <summary>From here or from a parent; a class that a parent merely created stays with that parent.</summary>
    private object? FindRegistered(Type type, string? name, List<Type> path)
    {
        lock (_gate)
        {
            if (_registered.TryGetValue((type, name), out var factory))
            {
                if (!_givenOut.TryGetValue((type, name), out var known))
                {
                    _givenOut.Add((type, name), known = factory(path));
                }

                return known;
            }
        }

        return parent?.FindRegistered(type, name, path);
    }

    private object Create(Type type, List<Type> path)
    {
        if (path.Contains(type)) throw Failure(type, path, "it needs itself");
        if (!type.IsClass || type.IsAbstract || type == typeof(string) || typeof(Delegate).IsAssignableFrom(type))
        {
            throw Failure(type, path, "nothing is registered for it and it is no class that could be created");
        }

        var constructors = type.GetConstructors().OrderByDescending(one => one.GetParameters().Length).ToList();
        if (constructors.Count == 0) throw Failure(type, path, "it has no public constructor");
        if (constructors.Count > 1 && constructors[0].GetParameters().Length == constructors[1].GetParameters().Length)
        {
            throw Failure(type, path, "its longest constructor is not the only one of that length");
        }

        path.Add(type);
        var arguments = constructors[0].GetParameters()
            .Select(parameter => GetOrCreate(parameter.ParameterType, null, path)).ToArray();
        path.RemoveAt(path.Count - 1);
        return Own(constructors[0].Invoke(
            System.Reflection.BindingFlags.DoNotWrapExceptions, null, arguments, null));
    }

    private object Own(object instance)
    {
        if (instance is IDisposable or IAsyncDisposable &&
            !_disposables.Exists(known => ReferenceEquals(known, instance)))
        {
            _disposables.Add(instance);
        }

        return instance;
    }

    private static ObjectContainerException Failure(Type type, List<Type> path, string reason) =>
        new($"Cannot give {string.Join(" -> ", path.Append(type).Select(one => one.Name))}: {reason}.");
}
