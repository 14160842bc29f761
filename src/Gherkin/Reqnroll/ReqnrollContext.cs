namespace Reqnroll;

/// <summary>A bag of values with the first error of its part of the run.</summary>
public abstract class ReqnrollContext : Dictionary<string, object?>
{
    private protected ReqnrollContext() : base(StringComparer.Ordinal)
    {
    }

    public Exception? TestError { get; internal set; }

    public void Set<T>(T data) => Set(data, KeyOf<T>());

    public void Set<T>(T data, string key) => this[key] = data;

    public T Get<T>() => Get<T>(KeyOf<T>());

    public T Get<T>(string key) => (T)this[key]!;

    public bool TryGetValue<TValue>(out TValue? value) => TryGetValue(KeyOf<TValue>(), out value);

    public bool TryGetValue<TValue>(string key, out TValue? value)
    {
        var found = base.TryGetValue(key, out var untyped);
        value = found ? (TValue?)untyped : default;
        return found;
    }

    private static string KeyOf<T>() => typeof(T).FullName!;
}
