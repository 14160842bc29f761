using System.Collections.Concurrent;

using AirHil.Lua.Compile;
using AirHil.Lua.Syntax;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Storage;

namespace AirHil.VirtualModem.Firmware;

/// <summary>
/// What is flashed: the user's files, flat under /luadb/ (reference §1.5), with the compiled form of every script. It
/// is immutable for its users and may serve any number of modules; a script is compiled once.
/// </summary>
public sealed class FirmwareImage : IReadOnlyMount
{
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ChunkKey, CompiledChunk> _chunks = new();

    /// <param name="files">Name and bytes of each file; names are flat ("main.lua").</param>
    public FirmwareImage(IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        foreach (var (name, bytes) in files)
        {
            if (name.Contains('/', StringComparison.Ordinal) || name.Contains('\\', StringComparison.Ordinal))
            {
                throw new ArgumentException($"The script area is flat: '{name}' cannot be in a folder.", nameof(files));
            }

            _files[name] = bytes;
        }
    }

    byte[]? IReadOnlyMount.Find(string name) => _files.GetValueOrDefault(name);

    IEnumerable<(string Name, int Size)> IReadOnlyMount.List()
    {
        foreach (var (name, bytes) in _files) yield return (name, bytes.Length);
    }

    /// <summary>Compiles a script or finds it compiled.</summary>
    /// <param name="source">Its bytes; the array's identity is part of the key, so a rewritten file compiles
    /// again.</param>
    /// <param name="chunkName">"@main.lua".</param>
    /// <exception cref="LuaSyntaxException">It does not compile.</exception>
    internal Prototype Compile(byte[] source, string chunkName, NumberModel numbers)
    {
        var chunk = _chunks.GetOrAdd(
            new ChunkKey(source, chunkName, numbers.Bits), static (key, model) => CompiledChunk.From(key, model),
            numbers);
        return chunk.Code ?? throw new LuaSyntaxException(chunk.Error!, chunk.Line);
    }

    private sealed record CompiledChunk(Prototype? Code, string? Error, int Line)
    {
        public static CompiledChunk From(ChunkKey key, NumberModel numbers)
        {
            try
            {
                var name = LuaString.FromText(key.ChunkName);
                return new CompiledChunk(LuaCompiler.CompileFile(key.Source, name, numbers), null, 0);
            }
            catch (LuaSyntaxException syntax)
            {
                return new CompiledChunk(null, syntax.Message, syntax.Line);
            }
        }
    }

    private readonly struct ChunkKey(byte[] source, string chunkName, int bits) : IEquatable<ChunkKey>
    {
        public byte[] Source { get; } = source;
        public string ChunkName { get; } = chunkName;

        public bool Equals(ChunkKey other) =>
            ReferenceEquals(Source, other.Source) && ChunkName == other.ChunkName && Bits == other.Bits;

        public override bool Equals(object? obj) => obj is ChunkKey other && Equals(other);

        // Never leaves the process and orders nothing: identity is enough.
        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Source) ^ Bits;

        private int Bits { get; } = bits;
    }
}
