using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using AirHil.Rig.Runs;

namespace AirHil.Rig.Sessions;

/// <summary>Scripts as JSON members: name, hash, and the files themselves where they are small enough.</summary>
internal static class FirmwareJson
{
    /// <summary>Bytes of all files together up to which they are embedded.</summary>
    public const int EmbeddingLimit = 2 << 20;

    /// <summary>SHA-256 over the files in their order: name, 0, content, each preceded by its length.</summary>
    public static string HashOf(FirmwareSource source)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, content) in source.Files)
        {
            Add(Encoding.UTF8.GetBytes(name));
            Add(content.Span);
        }

        return Convert.ToHexStringLower(sha.GetHashAndReset());

        void Add(ReadOnlySpan<byte> bytes)
        {
            sha.AppendData(BitConverter.GetBytes(bytes.Length));
            sha.AppendData(bytes);
        }
    }

    /// <summary>Writes "name", "sha256" and, where they are to be embedded, "files" and "files64".</summary>
    public static void WriteMembers(Utf8JsonWriter json, FirmwareSource source, bool embed)
    {
        json.WriteString("firmware", source.Name);
        json.WriteString("sha256", HashOf(source));
        if (!embed || source.Files.Sum(f => (long)f.Value.Length) > EmbeddingLimit) return;
        json.WriteStartObject("files");
        foreach (var (name, content) in source.Files.Where(f => Utf8.IsValid(f.Value.Span)))
        {
            json.WriteString(name, content.Span);
        }

        json.WriteEndObject();
        if (source.Files.All(f => Utf8.IsValid(f.Value.Span))) return;
        json.WriteStartObject("files64");
        foreach (var (name, content) in source.Files.Where(f => !Utf8.IsValid(f.Value.Span)))
        {
            json.WriteBase64String(name, content.Span);
        }

        json.WriteEndObject();
    }

    /// <summary>The script; null where only its name and hash are there.</summary>
    public static FirmwareSource? Read(JsonElement json)
    {
        if (!json.TryGetProperty("files", out var texts)) return null;
        var files = texts.EnumerateObject()
            .Select(f => new KeyValuePair<string, ReadOnlyMemory<byte>>(
                f.Name, Encoding.UTF8.GetBytes(f.Value.GetString() ?? "")));
        if (json.TryGetProperty("files64", out var packed))
        {
            files = files.Concat(packed.EnumerateObject().Select(
                f => new KeyValuePair<string, ReadOnlyMemory<byte>>(f.Name, f.Value.GetBytesFromBase64())));
        }

        return FirmwareSource.FromBytes(json.GetProperty("firmware").GetString() ?? "", files);
    }
}
