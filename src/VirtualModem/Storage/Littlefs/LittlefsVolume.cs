namespace AirHil.VirtualModem.Storage.Littlefs;

/// <summary>
/// A file system of littlefs 2.4 with blocks of 4096 bytes, as far as scripts see it: names, contents, results, and the
/// blocks that it takes. It outlives resets and power cuts (S:thirdparty/littlefs/lfs.c).
/// </summary>
/// <param name="blocks">Its size.</param>
/// <param name="longestName">Bytes of a name.</param>
internal sealed class LittlefsVolume(int blocks, int longestName = 255)
{
    private const int TagBytes = 4;
    private const int PointerBytes = 8;

    /// <summary>The record of what is half done; two commits of a move or of a removed directory carry it.</summary>
    private const int StateBytes = 16;

    /// <summary>How far a slice of Lua may have gone ahead of the run's time, with a call that takes long.</summary>
    private static readonly TimeSpan LongestSlice = TimeSpan.FromMilliseconds(100);

    private readonly List<LittlefsFile> _open = [];

    /// <summary>What there was before commits that the flash may not have yet, oldest first.</summary>
    private readonly List<(TimeSpan Done, MetadataThread Before)> _young = [];

    private MetadataThread _thread = new();
    private int _filled;

    public int BlockCount { get; } = blocks;

    /// <summary>Told of each commit; gives the run's time at which the flash has it.</summary>
    public Func<TimeSpan>? Committing { get; set; }

    /// <summary>Told when what is stored may be another.</summary>
    public Action? Changed { get; set; }

    /// <summary>
    /// What fsstat tells: the blocks of directories and files, and once more those of files that are being written.
    /// </summary>
    public int UsedBlocks => StoredBlocks + _filled + _open.Sum(file => file.CountedBlocks);

    /// <summary>Blocks that can still be taken.</summary>
    public int FreeBlocks =>
        BlockCount - StoredBlocks - _filled - WornBlocks - _open.Sum(file => file.NewBlocks);

    /// <summary>Blocks that cannot be programmed any more. littlefs passes over them, and tells of none.</summary>
    public int WornBlocks { get; set; }

    private int StoredBlocks => _thread.Blocks + _thread.Entries.Sum(entry => entry.Blocks);

    /// <summary>Removes everything.</summary>
    public void Format()
    {
        _thread = new MetadataThread();
        _filled = 0;
        _open.Clear();
        _young.Clear();
        Changed?.Invoke();
    }

    /// <summary>Takes blocks, as files that no script sees would, until so much is left.</summary>
    public void Fill(int kilobytesLeft)
    {
        const int kilobytesOfBlock = BlockChain.BlockBytes / 1024;
        _filled = 0;
        _filled = Math.Max(0, FreeBlocks - (kilobytesLeft / kilobytesOfBlock));
    }

    /// <summary>The chip starts again: no file is open any more, and what was not closed is lost.</summary>
    public void Restart()
    {
        _open.Clear();
        _young.Clear();
    }

    /// <summary>
    /// The chip stops: a commit that the flash did not have whole by then is not there, and none that came after it.
    /// </summary>
    public void StopAt(TimeSpan time)
    {
        var lost = _young.FindIndex(commit => commit.Done > time);
        if (lost >= 0) _thread = _young[lost].Before;
        Restart();
        Changed?.Invoke();
    }

    /// <summary>Opens a file; null: it cannot be.</summary>
    public LittlefsFile? Open(string path, LittlefsModes modes)
    {
        var found = Look(path);
        if (found.Entry is { Directory: null } && !found.IsLast) return Nameless(modes);
        if (found.Entry is { Directory: null } entry)
        {
            return Opened(found.Directory!, entry, modes, found.Directory!.Find(entry.Name).Pair.IsFull);
        }

        if (!found.CanBeMade || !modes.HasFlag(LittlefsModes.Create) || found.Name.Length > longestName) return null;
        entry = new LittlefsEntry(found.Name, directory: null);
        var (pair, place, _) = found.Directory!.Find(found.Name);
        var isFull = pair.IsFull;
        var result = Commit(pair, Named(entry), entries => entries.Insert(place, entry));
        return result == LittlefsError.None ? Opened(found.Directory, entry, modes, isFull) : null;
    }

    /// <summary>Closes a file that <see cref="Open"/> gave.</summary>
    public void Close(LittlefsFile file)
    {
        file.Sync();
        _open.Remove(file);
    }

    /// <summary>The bytes of a file without opening it; null: there is none.</summary>
    public byte[]? Content(string path) =>
        Look(path) is { IsLast: true, Entry: { Directory: null } entry } ? entry.Content : null;

    /// <summary>Whether the path names a file, but with a slash or more behind its name.</summary>
    public bool IsNameless(string path) =>
        Look(path) is { IsLast: false, Entry: { Directory: null } };

    /// <summary>What is in a directory, in their order; null: no directory.</summary>
    public IEnumerable<LittlefsEntry>? List(string path) => Look(path) switch
    {
        { IsRoot: true } => _thread.Root.Entries,
        { Entry.Directory: { } directory } => directory.Entries,
        _ => null,
    };

    public int MakeDirectory(string path)
    {
        var found = Look(path);
        if (!found.CanBeMade) return found.Result < 0 ? found.Result : LittlefsError.Exists;
        if (found.Name.Length > longestName) return LittlefsError.NameTooLong;
        if (FreeBlocks < 2) return LittlefsError.NoSpace;
        var made = LittlefsDirectory.Made();
        var entry = new LittlefsEntry(found.Name, made);
        var (pair, place, _) = found.Directory!.Find(found.Name);
        var last = found.Directory.Pairs[^1];
        _thread.InsertAfter(last, made.Pairs[0]);
        made.Pairs[0].Rewrite(_thread.HasNext(made.Pairs[0]));
        const int tail = TagBytes + PointerBytes;
        var state = 0;
        if (last != pair)
        {
            Commit(last, tail + StateBytes, static _ => { });
            state = StateBytes;
        }

        var result = Commit(
            pair, Named(entry) + (last == pair ? tail : state), entries => entries.Insert(place, entry));
        if (result != LittlefsError.None) _thread.Remove(made.Pairs[0]);
        return result;
    }

    /// <summary>Removes a file or an empty directory.</summary>
    public int Remove(string path)
    {
        var found = Look(path);
        if (found.IsRoot) return LittlefsError.Invalid;
        if (found.Entry is not { } entry) return found.Result;
        if (entry.Directory is { } directory && IsFilled(directory)) return LittlefsError.NotEmpty;
        var (pair, _, _) = found.Directory!.Find(entry.Name);
        var result = Commit(
            pair, TagBytes + (entry.Directory is null ? 0 : StateBytes), entries => entries.Remove(entry));
        if (result != LittlefsError.None) return result;
        Follow(entry, null, null);
        if (entry.Directory is { } gone) Drop(gone.Pairs[0]);
        return result;
    }

    /// <summary>Moves a file or directory; a file, or an empty directory, of the new name goes.</summary>
    public int Rename(string from, string to)
    {
        var old = Look(from);
        if (old.IsRoot) return LittlefsError.Invalid;
        if (old.Entry is not { } entry) return old.Result;
        var target = Look(to);
        if (target.IsRoot) return LittlefsError.Invalid;
        if (target.Entry is null && !target.CanBeMade) return target.Result;
        if (target.Entry is null && target.Name.Length > longestName) return LittlefsError.NameTooLong;
        if (target.Entry is { } there)
        {
            if (there.Directory is null != entry.Directory is null) return LittlefsError.IsDirectory;
            if (there == entry && target.IsLast) return LittlefsError.None;
            if (there.Directory is not null && !target.IsLast) return LittlefsError.NoEntry;
            if (there.Directory is { } directory && IsFilled(directory)) return LittlefsError.NotEmpty;
        }

        return Move(old.Directory!, entry, target);
    }

    /// <summary>Replaces what a name stands for, after a file was written.</summary>
    /// <param name="directory">Where the name is.</param>
    /// <param name="old">What it stood for.</param>
    /// <param name="changed">What it stands for now.</param>
    /// <param name="rewrites">
    /// A file that was opened when the log was full takes it for full from then on: lfs_dir_compact does not set
    /// erased.
    /// </param>
    public int Store(LittlefsDirectory directory, LittlefsEntry old, LittlefsEntry changed, bool rewrites)
    {
        var (pair, place, _) = directory.Find(old.Name);
        var result = Commit(pair, changed.StructBytes, entries => entries[place] = changed, rewrites);
        if (result == LittlefsError.None) Follow(old, directory, changed);
        return result;
    }

    /// <summary>
    /// A file whose name has a slash behind it, or more that leads back to it. lfs_dir_find does not tell its number
    /// then, and it has no content; what is written has no name.
    /// </summary>
    private LittlefsFile? Nameless(LittlefsModes modes) => modes.HasFlag(LittlefsModes.Truncate)
        ? Opened(null, new LittlefsEntry("", directory: null), modes, isFull: false)
        : null;

    private LittlefsFile Opened(LittlefsDirectory? directory, LittlefsEntry entry, LittlefsModes modes, bool isFull)
    {
        var file = new LittlefsFile(this, directory, entry, modes, isFull);
        _open.Add(file);
        return file;
    }

    private int Move(LittlefsDirectory source, LittlefsEntry entry, Lookup target)
    {
        var moved = entry.Renamed(target.Entry?.Name ?? target.Name);
        var (oldPair, _, _) = source.Find(entry.Name);
        var (newPair, _, _) = target.Directory!.Find(moved.Name);
        var isSame = oldPair == newPair;
        var bytes = Named(moved) + (target.Entry is null ? 0 : TagBytes) + (isSame ? TagBytes : StateBytes);
        var result = Commit(newPair, bytes, entries =>
        {
            if (target.Entry is { } there) entries.Remove(there);
            if (isSame) entries.Remove(entry);
            var place = entries.FindIndex(other => other.Compare(moved.Name) > 0);
            entries.Insert(place < 0 ? entries.Count : place, moved);
        });
        if (result != LittlefsError.None) return result;
        if (target.Entry is { } replaced) Follow(replaced, null, null);
        if (!isSame)
        {
            var (pair, _, _) = source.Find(entry.Name);
            Commit(pair, TagBytes + StateBytes, entries => entries.Remove(entry));
        }

        Follow(entry, target.Directory, moved);
        if (target.Entry?.Directory is { } gone) Drop(gone.Pairs[0]);
        return LittlefsError.None;
    }

    private void Follow(LittlefsEntry old, LittlefsDirectory? directory, LittlefsEntry? changed)
    {
        foreach (var file in _open) file.Follow(old, directory, changed);
    }

    private static bool IsFilled(LittlefsDirectory directory) =>
        directory.Pairs.Count > 1 || directory.Pairs[0].Entries.Count > 0;

    private static int Named(LittlefsEntry entry) => TagBytes + entry.LiveBytes;

    private int Commit(
        MetadataPair pair, int bytes, Action<List<LittlefsEntry>> change, bool rewrites = false)
    {
        if (Committing is not null) Remember();
        var result = _thread.Commit(pair, bytes, change, rewrites, FreeBlocks, () => UsedBlocks < BlockCount / 2);
        Changed?.Invoke();
        return result;
    }

    private void Remember()
    {
        var before = _thread.Copy();
        var done = Committing!();
        _young.RemoveAll(commit => commit.Done < done - LongestSlice);
        _young.Add((done, before));
    }

    private void Drop(MetadataPair pair)
    {
        if (_thread.Before(pair) is { } before)
        {
            _thread.Remove(pair);
            Commit(before, TagBytes + PointerBytes + StateBytes, static _ => { });
        }
    }

    private Lookup Look(string path)
    {
        var directory = _thread.Root;
        LittlefsEntry? entry = null;
        LittlefsDirectory? parent = null;
        var isLastName = false;
        foreach (var (name, isLast) in LittlefsPath.Names(path))
        {
            isLastName = isLast;
            if (entry is { Directory: null }) return new(LittlefsError.NotDirectory, name, null, null, isLast);
            directory = entry?.Directory ?? directory;
            parent = directory;
            var (pair, place, isThere) = directory.Find(name);
            if (!isThere) return new(LittlefsError.NoEntry, name, directory, null, isLast);
            entry = pair.Entries[place];
        }

        return new(LittlefsError.None, entry?.Name ?? "", parent, entry, isLastName);
    }

    /// <param name="Result">0, or why nothing was found.</param>
    /// <param name="Name">The last name that was looked for.</param>
    /// <param name="Directory">Where it was looked for.</param>
    /// <param name="Entry">What was found; null for the root too.</param>
    /// <param name="IsLast">Whether nothing follows the name in the path, not even a slash.</param>
    private readonly record struct Lookup(
        int Result, string Name, LittlefsDirectory? Directory, LittlefsEntry? Entry, bool IsLast)
    {
        /// <summary>Nothing was found, and only the last name of the path is missing.</summary>
        public bool CanBeMade => Result == LittlefsError.NoEntry && IsLast;

        public bool IsRoot => Result == LittlefsError.None && Entry is null;
    }
}
