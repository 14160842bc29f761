using System.Globalization;
using System.Reflection;

using AirHil.Modem.Units;

namespace AirHil.VirtualModem.Parameters;

/// <summary>
/// Marks a parameter whose value no source states: it was inferred, and no board was measured yet.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class GuessAttribute(string why) : Attribute
{
    /// <summary>Where the value comes from, in a sentence.</summary>
    public string Why { get; } = why;

    /// <summary>The marked parameters of a type with the values that they have there, by name.</summary>
    /// <param name="type">The type whose properties and constants are looked at.</param>
    /// <param name="defaults">An instance that holds the default values; null for static members and constants.</param>
    public static IReadOnlyList<ParameterGuess> In(Type type, object? defaults = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        const BindingFlags All =
            BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        var guesses = new List<ParameterGuess>();
        foreach (var member in type.GetMembers(All))
        {
            if (member.GetCustomAttribute<GuessAttribute>() is not { } guess) continue;
            var value = member is PropertyInfo property
                ? property.GetValue(defaults)
                : ((FieldInfo)member).GetValue(defaults);
            guesses.Add(new ParameterGuess(member.Name, Text(value), guess.Why));
        }

        guesses.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return guesses;
    }

    private static string Text(object? value) => value switch
    {
        TimeSpan time => DurationText.Format(time),
        DateTimeOffset date => date.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC",
        bool yes => yes ? "yes" : "no",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}

/// <summary>One guessed parameter, as <c>docs/fidelity.md</c> lists it.</summary>
public sealed record ParameterGuess(string Name, string Value, string Why);
