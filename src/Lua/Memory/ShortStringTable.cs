namespace AirHil.Lua.Memory;

/// <summary>
/// PUC-Rio keeps one copy of each string of up to 40 bytes, in a table that doubles when it is full and halves, once a
/// collection, when it is a quarter full (lstring.c, lgc.c). Our strings are not shared, so a collection sees which are
/// equal and counts each content once, and the table with them.
/// </summary>
internal sealed class ShortStringTable
{
    /// <summary>LUAI_MAXSHORTLEN.</summary>
    public const int MaxLength = 40;

    /// <summary>The table after the libraries are open.</summary>
    public const int InitialCapacity = 256;

    /// <summary>Reserved words, metamethods and library names in a 32-bit build of 5.3.6 with its libraries.</summary>
    private const int InitialCount = 218;

    /// <summary>
    /// The same on the module, whose libraries have their names in flash: reserved words, metamethods, the names of
    /// globals and of metatables (V1112 as a 32-bit program, and the list of its libraries).
    /// </summary>
    private const int ModuleCount = 157;

    /// <summary>The strings in the module's table: so many besides those that it has at the start.</summary>
    public static int Holds(int texts) => texts + ModuleCount;

    private readonly HashSet<HeapObject> _texts = [];

    public int Capacity { get; private set; } = InitialCapacity;

    public void Clear() => _texts.Clear();

    /// <summary>True where no equal string was added since the last <see cref="Clear"/>.</summary>
    public bool Add(HeapObject text) => _texts.Add(text);

    /// <summary>Grows to what was added; a full collection also takes one step back.</summary>
    public void Fit(bool shrinks)
    {
        var count = _texts.Count + InitialCount;
        while (count >= Capacity) Capacity *= 2;
        if (shrinks && count < Capacity / 4) Capacity /= 2;
    }
}
