namespace AirHil.VirtualModem.Storage.Littlefs;

/// <summary>
/// All pairs of a file system in the order in which each points to the next, with the rules by which a full pair is
/// divided (S:thirdparty/littlefs/lfs.c, lfs_dir_commit, lfs_dir_compact, lfs_dir_split).
/// </summary>
internal sealed class MetadataThread
{
    private const int DivideAbove = BlockChain.BlockBytes / 2;
    private const int MostEntries = 0xFE;
    private const int OverfullBytes = BlockChain.BlockBytes - 36;

    private const int PointerBytes = 8;

    /// <summary>Writes of the first pair after which the root moves out of it: (block_cycles + 1) | 1.</summary>
    private const int Cycles = 201;

    private readonly List<MetadataPair> _pairs = [];
    private readonly MetadataPair _first;

    public MetadataThread()
    {
        Root = LittlefsDirectory.Made();
        _first = Root.Pairs[0];
        _first.HasSuperblock = true;
        _pairs.Add(_first);
        _first.Rewrite(hasTail: false); // the format writes twice
        _first.Rewrite(hasTail: false);
    }

    private MetadataThread(LittlefsDirectory root, List<MetadataPair> pairs)
    {
        Root = root;
        _pairs = pairs;
        _first = pairs[0];
    }

    public LittlefsDirectory Root { get; }
    public int Blocks => 2 * _pairs.Count;
    public IEnumerable<LittlefsEntry> Entries => _pairs.SelectMany(pair => pair.Entries);

    public bool HasNext(MetadataPair pair) => _pairs[^1] != pair;

    public MetadataPair? Before(MetadataPair pair) => _pairs.IndexOf(pair) is > 0 and var at ? _pairs[at - 1] : null;

    public void InsertAfter(MetadataPair pair, MetadataPair next) => _pairs.Insert(_pairs.IndexOf(pair) + 1, next);

    public void Remove(MetadataPair pair) => _pairs.Remove(pair);

    /// <summary>
    /// The whole file system as it is now, apart from what changes later. A directory that was made and has no name yet
    /// is left out: littlefs takes it out of the thread before it writes again.
    /// </summary>
    public MetadataThread Copy()
    {
        HashSet<LittlefsDirectory> named = [Root, .. Entries.Select(e => e.Directory).OfType<LittlefsDirectory>()];
        var copies = new Dictionary<LittlefsDirectory, LittlefsDirectory>();
        var pairs = new List<MetadataPair>();
        foreach (var directory in named) copies[directory] = LittlefsDirectory.Bare();
        foreach (var pair in _pairs.Where(one => named.Contains(one.Directory)))
        {
            var copy = pair.CopyWith(copies);
            pairs.Add(copy);
            if (pair.Directory.Pairs.Contains(pair)) copy.Directory.Pairs.Add(copy);
        }

        return new MetadataThread(copies[Root], pairs);
    }

    /// <summary>Changes the entries of a pair and writes a commit.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="bytes">Of the commit.</param>
    /// <param name="change">Of the entries.</param>
    /// <param name="rewrites">Whether the pair is written again in any case.</param>
    /// <param name="free">Blocks that can be taken.</param>
    /// <param name="hasRoom">Whether less than half of the blocks are in use.</param>
    /// <returns>0, or no space: nothing has changed.</returns>
    public int Commit(
        MetadataPair pair, int bytes, Action<List<LittlefsEntry>> change, bool rewrites, int free,
        Func<bool> hasRoom)
    {
        List<LittlefsEntry> before = [.. pair.Entries];
        change(pair.Entries);
        if (pair.Entries.Count < before.Count && pair.Count == 0 && pair.Directory.Pairs[0] != pair)
        {
            var previous = Before(pair)!;
            Remove(pair);
            pair.Directory.Pairs.Remove(pair);
            return Commit(previous, bytes + PointerBytes, static _ => { }, rewrites: false, free, hasRoom);
        }

        if (!rewrites && pair.Append(bytes)) return LittlefsError.None;
        var result = Compact(pair, ref free, hasRoom);
        if (result != LittlefsError.None) pair.Entries = before;
        return result;
    }

    private int Compact(MetadataPair pair, ref int free, Func<bool> hasRoom)
    {
        while (pair.Count > 1 && (pair.Count > MostEntries || pair.LiveBytes > DivideAbove))
        {
            if (free < 2)
            {
                if (pair.LiveBytes <= OverfullBytes) break;
                return LittlefsError.NoSpace;
            }

            free -= 2;
            var half = pair.Count / 2;
            var next = Divide(pair, half - (pair.HasSuperblock ? 1 : 0));
            var result = Compact(next, ref free, hasRoom);
            if (result == LittlefsError.None) continue;
            Join(pair, next);
            return result;
        }

        if (pair == _first && pair.HasSuperblock && (pair.Revision + 1) % Cycles == 0 && free >= 2 && hasRoom())
        {
            MoveRoot(pair);
        }

        return pair.Rewrite(HasNext(pair)) ? LittlefsError.None : LittlefsError.NoSpace;
    }

    /// <summary>Moves the entries from a place on into a new pair after this one.</summary>
    private MetadataPair Divide(MetadataPair pair, int place)
    {
        var next = new MetadataPair(pair.Directory) { Entries = pair.Entries[place..] };
        pair.Entries = pair.Entries[..place];
        InsertAfter(pair, next);
        pair.Directory.Pairs.Insert(pair.Directory.Pairs.IndexOf(pair) + 1, next);
        return next;
    }

    private void Join(MetadataPair pair, MetadataPair next)
    {
        pair.Entries = [.. pair.Entries, .. next.Entries];
        Remove(next);
        pair.Directory.Pairs.Remove(next);
    }

    /// <summary>The first pair wears out: the root's entries move on, and the pair stays behind empty.</summary>
    private void MoveRoot(MetadataPair pair)
    {
        var next = Divide(pair, 0);
        next.HasSuperblock = true;
        pair.HasSuperblock = false;
        pair.Directory.Pairs.Remove(pair);
        next.Rewrite(HasNext(next));
    }
}
