namespace Reqnroll.BoDi;

/// <summary>
/// The objects of a scenario (or a feature, or the run). A concrete class is created at the first request, its
/// constructor's parameters come from here too, and it is disposed of with the container.
/// </summary>
public interface IObjectContainer
{
    /// <exception cref="ObjectContainerException">The type was given out already.</exception>
    void RegisterTypeAs<TType, TInterface>(string? name = null) where TType : class, TInterface;

    /// <exception cref="ObjectContainerException">The type was given out already.</exception>
    void RegisterInstanceAs<TInterface>(TInterface instance, string? name = null, bool dispose = false)
        where TInterface : class;

    /// <exception cref="ObjectContainerException">The type was given out already.</exception>
    void RegisterFactoryAs<TInterface>(Func<IObjectContainer, TInterface> factoryDelegate, string? name = null);

    /// <exception cref="ObjectContainerException">Nothing is registered and the type cannot be created.</exception>
    T Resolve<T>();

    /// <exception cref="ObjectContainerException">Nothing is registered and the type cannot be created.</exception>
    T Resolve<T>(string? name);

    /// <exception cref="ObjectContainerException">Nothing is registered and the type cannot be created.</exception>
    object Resolve(Type typeToResolve, string? name = null);

    bool IsRegistered<T>(string? name = null);
}
