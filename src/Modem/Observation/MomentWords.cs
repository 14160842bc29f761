using System.Collections.Frozen;
using System.Text;

namespace AirHil.Modem.Observation;

/// <summary>The word of each kind of <see cref="Moment"/> in a file: "ip-ready", "user-log".</summary>
internal static class MomentWords
{
    private static readonly FrozenDictionary<Type, byte[]> Members = typeof(Moment).GetNestedTypes()
        .ToFrozenDictionary(
            type => type, type => Encoding.ASCII.GetBytes($",\"says\":\"{WordOf(type.Name)}\""));

    /// <summary>The member of a line that says it.</summary>
    public static ReadOnlySpan<byte> MemberOf(Moment moment) => Members[moment.GetType()];

    private static string WordOf(string name)
    {
        var word = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c) && word.Length > 0) word.Append('-');
            word.Append(char.ToLowerInvariant(c));
        }

        return word.ToString();
    }
}
