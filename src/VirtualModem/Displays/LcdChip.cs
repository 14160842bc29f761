namespace AirHil.VirtualModem.Displays;

/// <summary>
/// What V1112 sends a display controller at the start (L:components/lcd/luat_lcd_*.c). A word of the start is a
/// command (0x02cc), a byte of data (0x03dd) or a pause in ms (0x01mm).
/// </summary>
/// <param name="Name">As lcd.init names it.</param>
/// <param name="Start">The words.</param>
/// <param name="Directions">What command 36 gets for 0, 90, 180 and 270 degrees.</param>
internal sealed record LcdChip(string Name, ushort[] Start, byte[] Directions)
{
    private const int CommandWord = 0x0200;
    private const int DataWord = 0x0300;

    private static readonly LcdChip[] Known =
    [
        new("custom", [], new byte[4]),
        Chip("st7735", [0xC0, 0x70, 0x00, 0xA0],
            "B1053C3C B2053C3C B3053C3C053C3C B403 C0280804 C1C0 C20D00 C38D2A C48DEE C51A " +
            "E00422070A2E30252A28262E3A00010313 E10416060D2D26232727252D3B00010413 3A05"),
        Chip("st7735v", [0xC8, 0x78, 0x08, 0xA8],
            "B1053A3A B2053A3A B3053A3A053A3A B403 C0620204 C1C0 C20D00 C38D6A C48DEE C50E " +
            "E0100E02030E0702070A122737000D0E10 E1100E03030F0602080A132636000D0E10 3A05"),
        Chip("st7735s", [0x08, 0xC8, 0x78, 0xA8],
            "B1053C3C B2053C3C B3053C3C053C3C B403 C0AB0B04 C1C5 C20D00 C38D6A C48DEE C50F " +
            "E0070E080710070207090F253600080410 E10A0D08070F070207090F253500090410 FC80 3A05"),
        Chip("st7789", [0x00, 0xC0, 0x70, 0xA0],
            "3A05 B20C0C003333 B735 BB32 C201 C315 C420 C60F D0A4A1 E0D0080E0909053133481714153134 " +
            "E1D0080E0909153133481714153134 21"),
        Chip("st7796", [0x48, 0x88, 0x28, 0xE8],
            "F0C3 F096 3A55 B401 B7C6 E8408A00002919A533 C106 C2A7 C518 E0F0090B0604152F54423C1714181B " +
            "E1F0090B0604032D43423B1614171B F03C F069"),
        Chip("gc9a01", [0x08, 0xC8, 0x68, 0xA8],
            "EF EB14 FE EF EB14 8440 85FF 86FF 87FF 880A 8921 8A00 8B80 8C01 8D01 8EFF 8FFF B60020 3A05 " +
            "9008080808 BD06 BC00 FF600104 C313 C413 C922 BE11 E1100E DF210C02 F045090808262A " +
            "F143707236376F F245090808262A F343707236376F ED1B0B AE77 CD63 700707040E0F09070803 E834 " +
            "62180D71ED7070180F71EF7070 63181171F17070181371F37070 642829F101F10007 " +
            "663C00CD67454510000000 67003C0000000154103298 7410858000004E00 983E07 35 21"),
        Chip("gc9106l", [0xC8, 0x08, 0x68, 0xA8],
            "FE EF B303 21 3A05 B421 F02D542461AB2E2F0020101017130F F102222535A808080000090917180F FE " +
            "FF"),
        Chip("gc9306x", [0x48, 0xE8, 0x28, 0xF8],
            "FE EF 3A05 AD33 AF55 AE2B A44444 A54242 AA8888 AE2B E8110B E30110 FF61 AC00 AF67 A62A2A " +
            "A72B2B A81818 A92A2A 2A000000EF 2B0000013F 2C F00200001B1F0B F1010300282B0E F20B083B04034C " +
            "F30E0746040551 F40815151F220F F50B13111F210F"),
        Chip("ili9341", [0x08, 0xC8, 0x78, 0xA8],
            "CF00D930 ED64031281 E8851078 CB392C003402 F720 EA0000 C021 C112 C5323C C7C1 C51A 3600 3A55 " +
            "B10018 B60AA2 F200 2601 E00F201E09120B50BA44091405232100 E10019190012072D283F020A08252D0F"),
        Chip("ili9486", [0x48, 0x88, 0x28, 0xE8],
            "E000070F0D1B0A3C784A070E091B1E0F E1002224061207364747060A0730370F C01010 C141 C5002280 " +
            "3A55 B000 B1B011 B402 B60202 B7C6 E900 F7A9512C82"),
        Chip("nv3037", [0x00, 0xC0, 0x70, 0xA0],
            "FD0608 8313 8607 F101 7884 7A2C B00D0411111113170F B11833 B20007082C2D30 " +
            "B30D04111111141810 B41734 B50007082C2D30 F6011001 3A55"),
    ];

    /// <summary>A fresh copy, since a script may change it; null: V1112 does not know the name.</summary>
    public static LcdChip? Find(string name)
    {
        var known = Array.Find(Known, chip => chip.Name == (name == "gc9306" ? "gc9306x" : name));
        return known is null ? null : known with { Directions = [.. known.Directions] };
    }

    /// <summary>Groups are a command with its data, in hexadecimal.</summary>
    private static LcdChip Chip(string name, byte[] directions, string groups)
    {
        var words = new List<ushort>();
        foreach (var group in groups.Split(' '))
        {
            var bytes = Convert.FromHexString(group);
            words.Add((ushort)(CommandWord | bytes[0]));
            words.AddRange(bytes.Skip(1).Select(b => (ushort)(DataWord | b)));
        }

        return new LcdChip(name, [.. words], directions);
    }
}
