namespace AirHil.VirtualModem.Displays;

/// <summary>How hard a QR code is to read (ISO/IEC 18004, the choice of a mask).</summary>
internal static class QrPenalty
{
    public static int Of(bool[,] isDark)
    {
        var size = isDark.GetLength(0);
        var (penalty, dark) = (0, 0);
        for (var a = 0; a < size; a++)
        {
            var line = a;
            penalty += Line(size, b => isDark[line, b]) + Line(size, b => isDark[b, line]);
            for (var b = 0; b < size; b++)
            {
                if (isDark[a, b]) dark++;
                if (a == 0 || b == 0) continue;
                var isOne = isDark[a, b];
                if (isOne != isDark[a - 1, b] || isOne != isDark[a, b - 1]) continue;
                if (isOne == isDark[a - 1, b - 1]) penalty += 3;
            }
        }

        var total = size * size;
        return penalty + ((((Math.Abs((dark * 20) - (total * 10)) + total - 1) / total) - 1) * 10);
    }

    /// <summary>Long runs, and what looks like a finder: 1 1 3 1 1 with four light ones at a side.</summary>
    private static int Line(int size, Func<int, bool> isDark)
    {
        var penalty = 0;
        var runs = new List<int>();
        var (colour, run) = (false, 0);
        for (var i = 0; i < size; i++)
        {
            if (isDark(i) == colour)
            {
                run++;
                penalty += run == 5 ? 3 : run > 5 ? 1 : 0;
                continue;
            }

            Add(runs, run, size);
            if (!colour) penalty += Finders(runs) * 40;
            (colour, run) = (!colour, 1);
        }

        if (colour)
        {
            Add(runs, run, size);
            run = 0;
        }

        Add(runs, run + size, size);
        return penalty + (Finders(runs) * 40);
    }

    /// <summary>The first run has the light border in front of it.</summary>
    private static void Add(List<int> runs, int run, int size) => runs.Insert(0, runs.Count == 0 ? run + size : run);

    private static int Finders(List<int> runs)
    {
        int At(int i) => i < runs.Count ? runs[i] : 0;
        var one = At(1);
        if (one == 0 || At(2) != one || At(3) != one * 3 || At(4) != one || At(5) != one) return 0;
        return (At(0) >= one * 4 && At(6) >= one ? 1 : 0) + (At(6) >= one * 4 && At(0) >= one ? 1 : 0);
    }
}
