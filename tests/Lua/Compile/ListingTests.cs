namespace AirHil.Lua.Tests.Compile;

/// <summary>The expected code is what luac 5.3.6 lists for the same source.</summary>
public sealed class ListingTests
{
    [Theory]
    [InlineData(
        "local a, b\nlocal c = a and b or 3",
        "1:LoadNil 0 1; 2:Test 0 0; 2:Jmp 0 2; 2:TestSet 2 1 1; 2:Jmp 0 1; 2:LoadK 2 0; 2:Return 0 1")]
    [InlineData(
        "local a, b\nlocal c = a < b",
        "1:LoadNil 0 1; 2:Lt 1 0 1; 2:Jmp 0 1; 2:LoadBool 2 0 1; 2:LoadBool 2 1 0; 2:Return 0 1")]
    [InlineData(
        "local a, b\nreturn a .. b .. \"c\" .. 1",
        "1:LoadNil 0 1; 2:Move 2 0; 2:Move 3 1; 2:LoadK 4 0; 2:LoadK 5 1; 2:Concat 2 2 5; 2:Return 2 2; " +
        "2:Return 0 1")]
    [InlineData(
        "for k, v in pairs(t) do\n  print(k, v)\nend",
        "1:GetTabUp 0 0 -1; 1:GetTabUp 1 0 -2; 1:Call 0 2 4; 1:Jmp 0 4; 2:GetTabUp 5 0 -3; 2:Move 6 3; " +
        "2:Move 7 4; 2:Call 5 3 1; 1:TForCall 0 2; 1:TForLoop 2 -6; 3:Return 0 1")]
    [InlineData(
        "print(\"hi\", 1)",
        "1:GetTabUp 0 0 -1; 1:LoadK 1 1; 1:LoadK 2 2; 1:Call 0 3 1; 1:Return 0 1")]
    [InlineData(
        "for i = 1, 3 do\n  if i == 2 then goto continue end\n  p(i)\n  ::continue::\nend",
        "1:LoadK 0 0; 1:LoadK 1 1; 1:LoadK 2 0; 1:ForPrep 0 5; 2:Eq 1 3 -3; 2:Jmp 0 3; " +
        "3:GetTabUp 4 0 -4; 3:Move 5 3; 3:Call 4 2 1; 1:ForLoop 0 -6; 5:Return 0 1")]
    [InlineData(
        "if a == 1 then b() elseif not c then d() else e() end",
        "1:GetTabUp 0 0 -1; 1:Eq 0 0 -2; 1:Jmp 0 3; 1:GetTabUp 0 0 -3; 1:Call 0 1 1; 1:Jmp 0 8; " +
        "1:GetTabUp 0 0 -4; 1:Test 0 1; 1:Jmp 0 3; 1:GetTabUp 0 0 -5; 1:Call 0 1 1; 1:Jmp 0 2; " +
        "1:GetTabUp 0 0 -6; 1:Call 0 1 1; 1:Return 0 1")]
    [InlineData(
        "local o = ...\nreturn o:run(...)",
        "1:Vararg 0 2; 2:Self 1 0 -1; 2:Vararg 3 0; 2:TailCall 1 0 0; 2:Return 1 0; 2:Return 0 1")]
    [InlineData(
        "f(\n  1,\n  2\n).g\n.h = -x",
        "1:GetTabUp 0 0 -1; 2:LoadK 1 1; 4:LoadK 2 2; 1:Call 0 3 2; 4:GetTable 0 0 -4; " +
        "5:GetTabUp 1 0 -6; 5:Unm 1 1; 5:SetTable 0 -5 1; 5:Return 0 1")]
    [InlineData(
        "local s = 0\nfor i = 1, 10 do\n  s = s + i\nend\nreturn s",
        "1:LoadK 0 0; 2:LoadK 1 1; 2:LoadK 2 2; 2:LoadK 3 1; 2:ForPrep 1 1; 3:Add 0 0 4; " +
        "2:ForLoop 1 -2; 5:Return 0 2; 5:Return 0 1")]
    [InlineData(
        "repeat\n  local v = f()\n  g = function() return v end\nuntil v",
        "2:GetTabUp 0 0 -1; 2:Call 0 1 2; 3:Closure 1 0; 3:SetTabUp 0 -2 1; 4:Test 0 0; 4:Jmp 1 -6; " +
        "4:Jmp 1 0; 4:Return 0 1 [3:GetUpval 0 0; 3:Return 0 2; 3:Return 0 1]")]
    [InlineData(
        "local a, i\ni, a[i] = i + 1, 20",
        "1:LoadNil 0 1; 2:Add 2 1 -1; 2:SetTable 0 1 -2; 2:Move 1 2; 2:Return 0 1")]
    [InlineData(
        "local t = {1, 2, x = 3, [4] = 5, f()}",
        "1:NewTable 0 2 2; 1:LoadK 1 0; 1:LoadK 2 1; 1:SetTable 0 -3 -4; 1:SetTable 0 -5 -6; " +
        "1:GetTabUp 3 0 -7; 1:Call 3 1 0; 1:SetList 0 0 1; 1:Return 0 1")]
    [InlineData(
        "local function f(n) return f(n - 1) end",
        "1:Closure 0 0; 1:Return 0 1 [1:GetUpval 1 0; 1:Sub 2 0 -1; 1:TailCall 1 2 0; 1:Return 1 0; " +
        "1:Return 0 1]")]
    [InlineData(
        "while true do\n  if x then break end\n  y()\nend",
        "2:GetTabUp 0 0 -1; 2:Test 0 1; 2:Jmp 0 3; 3:GetTabUp 0 0 -2; 3:Call 0 1 1; 3:Jmp 0 -6; " +
        "4:Return 0 1")]
    public void Code_registers_and_lines_are_those_of_the_reference(string source, string listing) =>
        Listing.Of(Chunk.Compile(source)).ShouldBe(listing);

    [Theory]
    [InlineData(
        "local a, b\nlocal c = a and b or 3",
        "a 1-7; b 1-7; c 6-7")]
    [InlineData(
        "local a, b\nlocal c = a < b",
        "a 1-6; b 1-6; c 5-6")]
    [InlineData(
        "local a, b\nreturn a .. b .. \"c\" .. 1",
        "a 1-8; b 1-8")]
    [InlineData(
        "for k, v in pairs(t) do\n  print(k, v)\nend",
        "(for generator) 3-10; (for state) 3-10; (for control) 3-10; k 4-8; v 4-8")]
    [InlineData(
        "for i = 1, 3 do\n  if i == 2 then goto continue end\n  p(i)\n  ::continue::\nend",
        "(for index) 3-10; (for limit) 3-10; (for step) 3-10; i 4-9")]
    [InlineData(
        "local o = ...\nreturn o:run(...)",
        "o 1-6")]
    [InlineData(
        "local s = 0\nfor i = 1, 10 do\n  s = s + i\nend\nreturn s",
        "s 1-9; (for index) 4-7; (for limit) 4-7; (for step) 4-7; i 5-6")]
    [InlineData(
        "repeat\n  local v = f()\n  g = function() return v end\nuntil v",
        "v 2-7")]
    [InlineData(
        "local a, i\ni, a[i] = i + 1, 20",
        "a 1-5; i 1-5")]
    [InlineData(
        "local t = {1, 2, x = 3, [4] = 5, f()}",
        "t 8-9")]
    [InlineData(
        "local function f(n) return f(n - 1) end",
        "f 1-2")]
    public void Local_variables_live_where_the_reference_says(string source, string locals) =>
        Listing.Locals(Chunk.Compile(source)).ShouldBe(locals);
}
