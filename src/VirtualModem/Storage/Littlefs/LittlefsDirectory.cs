namespace AirHil.VirtualModem.Storage.Littlefs;

/// <summary>A directory: one pair of blocks, and a further one for each time that it was divided.</summary>
internal sealed class LittlefsDirectory
{
    private LittlefsDirectory()
    {
    }

    public List<MetadataPair> Pairs { get; } = [];

    /// <summary>A new directory with its first pair.</summary>
    public static LittlefsDirectory Made()
    {
        var made = new LittlefsDirectory();
        made.Pairs.Add(new MetadataPair(made));
        return made;
    }

    /// <summary>A directory that the pairs of a copied thread are put into.</summary>
    public static LittlefsDirectory Bare() => new();

    /// <summary>All entries in their order.</summary>
    public IEnumerable<LittlefsEntry> Entries => Pairs.SelectMany(pair => pair.Entries);

    /// <summary>
    /// Where a name is or would be: its pair and the place in it; whether it is there. A name goes before the first
    /// larger one, else at the end of the last pair.
    /// </summary>
    public (MetadataPair Pair, int Place, bool IsThere) Find(string name)
    {
        foreach (var pair in Pairs)
        {
            for (var i = 0; i < pair.Entries.Count; i++)
            {
                var order = pair.Entries[i].Compare(name);
                if (order >= 0) return (pair, i, order == 0);
            }
        }

        return (Pairs[^1], Pairs[^1].Entries.Count, false);
    }
}
