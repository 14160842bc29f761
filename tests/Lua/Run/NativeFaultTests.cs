using AirHil.Lua.Run;

namespace AirHil.Lua.Tests.Run;

/// <summary>A native function that throws what is no error of Lua names itself and the line of the script.</summary>
public sealed class NativeFaultTests
{
    [Theory]
    [InlineData("\n\nbroken()", "'broken', called at main.lua:3, failed: ArithmeticException: overflow")]
    [InlineData(
        "local ok = pcall(function()\n broken() end)",
        "'broken', called at main.lua:2, failed: ArithmeticException: overflow")]
    [InlineData("pcall(broken)", "called at main.lua:1, failed: ArithmeticException: overflow")]
    [InlineData(
        "local co = coroutine.wrap(function()\n\n broken() end) co()",
        "'broken', called at main.lua:3, failed: ArithmeticException: overflow")]
    public void The_message_names_function_and_line(string script, string message)
    {
        var fault = Should.Throw<NativeFaultException>(() => Script.Run(script, prepare: state =>
            state.Globals["broken"] = new NativeFunction(
                "broken", static (in LuaCall _) => throw new ArithmeticException("overflow"))));
        fault.Message.ShouldContain(message);
        fault.InnerException.ShouldBeOfType<ArithmeticException>();
    }
}
