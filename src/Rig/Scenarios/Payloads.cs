using System.Globalization;
using System.Text;
using AirHil.Modem;
using Bogus;

namespace AirHil.Rig.Scenarios;

/// <summary>
/// Random payloads that look like what devices send. All of it follows from the seed: bytes and choices from our own
/// generator, words and names from Bogus with a generator of its own (System.Random with
/// a seed: the same for one version of .NET).
/// </summary>
/// <param name="seed">The run's seed.</param>
public sealed class Payloads(ulong seed)
{
    private readonly SplitMix64 _random = SplitMix64.For(seed, "payloads");

    private readonly Lazy<Faker> _faker = new(
        () => new Faker("en") { Random = new Randomizer((int)SplitMix64.For(seed, "payloads bogus").Next()) });

    /// <summary>Any bytes.</summary>
    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++) bytes[i] = (byte)_random.Next();
        return bytes;
    }

    /// <summary>
    /// Printable ASCII without quotes and backslashes, so that it can be part of a script or a feature.
    /// </summary>
    public string Ascii(int count)
    {
        var text = new StringBuilder(count);
        while (text.Length < count)
        {
            var c = (char)(' ' + _random.Below(95));
            if (c is not ('"' or '\'' or '\\')) text.Append(c);
        }

        return text.ToString();
    }

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public int Number(int least, int most) => least + _random.Below(most - least + 1);

    /// <summary>An English sentence.</summary>
    public string Sentence() => _faker.Value.Lorem.Sentence();

    /// <summary>A person's name.</summary>
    public string Name() => _faker.Value.Name.FullName();

    /// <summary>A JSON object of one line as a sensor would send it.</summary>
    public string Json()
    {
        var faker = _faker.Value;
        var device = $"{faker.Hacker.Abbreviation()}-{Number(1, 999)}";
        var place = Plain(faker.Address.City());
        var celsius = (_random.NextDouble() * 60) - 20;
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"device":"{{device}}","place":"{{place}}","celsius":{{celsius:0.0}},"note":"{{Plain(
                faker.Lorem.Sentence())}}"}""");
    }

    /// <summary>The JSON request that the AirTun echo service answers (reference §9).</summary>
    public string EchoRequest() => $"{{\"action\":\"echo\",\"msg\":\"{Plain(Sentence())}\"}}";

    private static string Plain(string text) => string.Concat(text.Where(c => c is not ('"' or '\\')));
}
