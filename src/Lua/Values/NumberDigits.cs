namespace AirHil.Lua.Values;

/// <summary>The digits of an unsigned integer in base 8, 10 or 16.</summary>
internal static class NumberDigits
{
    public static string Of(ulong value, int numberBase, bool upper)
    {
        Span<char> room = stackalloc char[22];
        var at = room.Length;
        do
        {
            var digit = (int)(value % (uint)numberBase);
            room[--at] = (char)(digit < 10 ? '0' + digit : (upper ? 'A' : 'a') + digit - 10);
            value /= (uint)numberBase;
        }
        while (value != 0);
        return room[at..].ToString();
    }
}
