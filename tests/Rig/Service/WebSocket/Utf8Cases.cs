using System.Text;
using static AirHil.Rig.Tests.Service.WebSocket.ConformanceCase;

namespace AirHil.Rig.Tests.Service.WebSocket;

/// <summary>Texts that are UTF-8 and texts that are not (RFC 3629), whole and cut between any two bytes.</summary>
internal static class Utf8Cases
{
    private static readonly string[] Valid =
    [
        "", "24", "C2A2", "E0A080", "E282AC", "ED9FBF", "EE8080", "EFBFBD", "EFBFBF", "F0908080", "F3BFBFBF",
        "F48FBFBF", "CEBAE1BDB9CF83CEBCCEB5", "00", "7F", "C280", "DFBF", "EFBBBF41",
    ];

    private static readonly string[] Wrong =
    [
        "80", "BF", "8080", "C0AF", "C080", "C1BF", "E080AF", "E09FBF", "EDA080", "EDBFBF", "EDA080EDB080", "F08080AF",
        "F08FBFBF", "F4908080", "F7BFBFBF", "F888808080", "FC8480808080", "FE", "FF", "C328", "E28228", "E228A1",
        "F0288CBC", "F09028BC", "F0288C28", "41C0", "CEBAE1BDB9CF83CEBCCEB5EDA080656469746564",
    ];

    /// <summary>The beginning of a character at the end of a text.</summary>
    private static readonly string[] Cut = ["C2", "E282", "F0", "F090", "F09080", "41DF", "E1", "F48FBF"];

    public static IEnumerable<ConformanceCase> All()
    {
        foreach (var (set, texts) in ((string, string[])[])[("valid", Valid), ("wrong", Wrong), ("cut", Cut)])
        {
            foreach (var text in texts)
            {
                var bytes = Convert.FromHexString(text);
                string[] answer = set == "valid"
                    ? ["text " + Encoding.Latin1.GetString(bytes), "close 1000"]
                    : ["close 1007"];
                yield return new ConformanceCase($"6 {set} {text}", [.. Frame(1, bytes), .. Bye], answer);
                yield return new ConformanceCase($"6 {set} {text} by bytes", [.. ByBytes(bytes), .. Bye], answer);
            }
        }

        // A wrong byte ends the connection when it comes: the message need not be complete.
        yield return new ConformanceCase("6.4.1", Frame(1, [0x41, 0xFF], final: false), ["close 1007"]);
    }

    private static byte[] Bye => Frame(8, [0x03, 0xE8]);

    private static IEnumerable<byte> ByBytes(byte[] text)
    {
        if (text.Length == 0) return Frame(1, []);
        return text.SelectMany((one, i) => Frame(i == 0 ? 1 : 0, [one], i == text.Length - 1));
    }
}
