namespace AirHil.VirtualModem.Tests.Update;

/// <summary>Updates of the firmware as a script of the module makes them.</summary>
internal static class UpdatePackage
{
    /// <summary>package(script, core, wrong) makes an update; show prints what a call gives.</summary>
    public const string Lua = """
        function package(script, core, wrong)
            local md5 = wrong == "md5" and ("x"):rep(16) or crypto.md5(script):fromHex()
            local rest = ("m"):rep(20) .. string.pack("<i4", 1) .. ("s"):rep(20) ..
                string.pack("<i4i4", #script, #core) .. md5 .. ("c"):rep(16)
            local sum = wrong == "crc" and 0 or ~crypto.crc32(rest)
            return string.pack("<i4i4", wrong == "magic" and 1 or -353268714, sum) .. rest .. script .. core
        end
        function show(...)
            local t = table.pack(...)
            for i = 1, t.n do t[i] = tostring(t[i]) end
            print("is", table.concat(t, " "))
        end

        """;
}
