using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Catalogue;

public sealed class FunctionCatalogueTests
{
    [Theory]
    [InlineData("httpsrv")]
    [InlineData("lvgl")]
    [InlineData("camera")]
    public void A_library_that_V1112_lacks_is_unknown(string name) => FunctionCatalogue.Find(name).ShouldBeNull();

    [Theory]
    [InlineData("uart", "VUART_0", 0x20)]
    [InlineData("uart", "Odd", 1)]
    [InlineData("gpio", "FALLING", 1)]
    [InlineData("socket", "ON_LINE", 0x02000011)]
    [InlineData("socket", "LWIP_GP", 1)]
    [InlineData("pm", "WORK_MODE", 6)]
    [InlineData("pm", "HIB", 4)]
    [InlineData("log", "LOG_SILENT", 7)]
    [InlineData("rtos", "INF_TIMEOUT", -1)]
    [InlineData("adc", "CH_VBAT", -2)]
    public void Constants_have_the_values_of_the_module(string library, string name, int value) =>
        FunctionCatalogue.Complete(library).AsUserdata[(LuaValue)name].ShouldBe((LuaValue)value);

    [Theory]
    [InlineData("websocket", "create on connect autoreconn send close ready headers debug")]
    [InlineData("wlan", "init scan scanResult")]
    [InlineData("wdt", "init setTimeout feed close")]
    public void A_library_lists_its_entries_in_the_order_of_the_module(string library, string names) =>
        string.Join(' ', FunctionCatalogue.Find(library)!.Entries.Select(entry => entry.Key)).ShouldBe(names);

    [Fact]
    public void What_is_modelled_takes_the_place_of_what_fails()
    {
        var modelled = new LibraryDefinition("wdt").Add("feed", (in AirHil.Lua.Run.LuaCall call) => call.Return(7));
        var complete = FunctionCatalogue.Complete("wdt", modelled);
        complete.Entries.Select(entry => entry.Key).ShouldBe(["init", "setTimeout", "feed", "close"]);
        complete.Entries[2].Value.ShouldBe(modelled.Entries[0].Value);
    }

    [Fact]
    public void The_model_cannot_add_what_V1112_lacks() =>
        Should.Throw<ArgumentException>(
            () => FunctionCatalogue.Complete("socket", new LibraryDefinition("socket").Add("dft", 1)))
            .Message.ShouldContain("socket.dft");

    [Fact]
    public void No_name_appears_twice()
    {
        FunctionCatalogue.Libraries.Select(library => library.Name).ShouldBeUnique();
        foreach (var library in FunctionCatalogue.Libraries)
        {
            library.Entries.Select(entry => entry.Key).ShouldBeUnique();
        }
    }

    [Fact]
    public void A_function_that_is_not_modelled_fails_by_its_name_with_the_position()
    {
        var bench = new ScriptBench();
        bench.Run("local ok, message = pcall(sensor.ds18b20, 9) error(message, 0)")
            .ShouldBe("sensor.ds18b20 is not modelled by this virtual Air780E (V1112 has it; see docs/fidelity.md)");
        bench.Run("\nsensor.ds18b20(9)").ShouldNotBeNull().ShouldStartWith("main.lua:2: sensor.ds18b20");
        bench.Host.NotModelledNames.ShouldBe(["sensor.ds18b20", "sensor.ds18b20"]);
    }
}
