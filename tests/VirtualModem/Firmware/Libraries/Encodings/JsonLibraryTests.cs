using System.Text;

using CsCheck;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Encodings;

public sealed class JsonLibraryTests
{
    private readonly ScriptBench _bench = new();

    [Theory]
    [InlineData("1", "1")]
    [InlineData("2.0", "2.0000000")]
    [InlineData("1e15", "9.9999999e+14")]
    [InlineData("1e-8", "0")]
    [InlineData("-0.25", "-0.2500000")]
    [InlineData("true", "true")]
    [InlineData("json.null", "null")]
    [InlineData("{}", "{}")]
    [InlineData("{{}, {1}}", "[{},[1]]")]
    [InlineData("{1, nil, 3}", "[1,null,3]")]
    [InlineData("{[2]='b'}", "[null,\"b\"]")]
    [InlineData("{[0]=1}", "{\"0\":1}")]
    [InlineData("{[1.5]=1}", "{\"1.5000000\":1}")]
    [InlineData("{action='echo', msg='x'}", "{\"action\":\"echo\",\"msg\":\"x\"}")]
    public void A_value_is_encoded_in_the_order_of_its_table(string value, string json) =>
        _bench.Eval($"json.encode({value})").ShouldBe($"\"{json}\"");

    [Fact]
    public void A_slash_is_escaped_on_V1112() =>
        _bench.Eval("json.encode('a/b')").ShouldBe("\"\"a\\/b\"\"");

    [Fact]
    public void Control_characters_and_delete_are_escaped_and_other_bytes_stay() =>
        _bench.Eval(@"json.encode('\1\8\9\10\12\13\127""\\\200')")
            .ShouldBe("\"\"\\u0001\\b\\t\\n\\f\\r\\u007f\\\"\\\\\u00c8\"\"");

    [Theory]
    [InlineData("3f", "0.333")]
    [InlineData("%.2f", "0.33")]
    [InlineData("%08.3f", "0000.333")]
    [InlineData("g", "0.3333333")]
    [InlineData("nonsense", "0.3333333")]
    [InlineData("xx", "0.3333333")]
    public void The_format_argument_is_taken_where_it_can_be_one(string format, string text) =>
        _bench.Eval($"json.encode(1/3, '{format}')").ShouldBe($"\"{text}\"");

    [Theory]
    [InlineData("", "Cannot serialise function: type not supported")]
    [InlineData("print", "Cannot serialise function: type not supported")]
    [InlineData("{zbuff.create(1)}", "Cannot serialise userdata: type not supported")]
    [InlineData("1/0", "Cannot serialise number: must not be NaN or Inf")]
    [InlineData("{[true]=1}", "Cannot serialise boolean: table key must be a number or string")]
    [InlineData("{[11]=1}", "Cannot serialise table: excessively sparse array")]
    public void What_cannot_be_encoded_comes_back_as_nil_and_a_message(string value, string message) =>
        _bench.Eval($"json.encode({value})").ShouldBe($"nil , \"{message}\"");

    [Fact]
    public void A_sparse_array_of_ten_is_still_one() =>
        _bench.Eval("json.encode({[10]=1})").ShouldBe("\"[null,null,null,null,null,null,null,null,null,1]\"");

    [Fact]
    public void Nil_is_encoded_as_an_empty_text() => _bench.Eval("json.encode(nil)").ShouldBe("\"\"");

    [Theory]
    [InlineData("[1, -5, 0, 0.5]", "{i:1,i:-5,i:0,f:0.5000000}")]
    [InlineData("\"\\u00e9\\ud83d\\ude00\\/\"", "\"Ã©ð\u009f\u0098\u0080/\"")]
    [InlineData("2147483648", "i:2147483647")]
    [InlineData("-2147483649", "i:-2147483648")]
    [InlineData(" {\"a\" : {\"1\":true}} ", "{[\"a\"]={[\"1\"]=true}}")]
    public void A_text_is_decoded(string json, string value)
    {
        _bench.Set("text", Encoding.UTF8.GetBytes(json));
        _bench.Eval("json.decode(text)").ShouldBe(value + " , i:1");
    }

    [Fact]
    public void Integers_of_the_64_bit_engine_reach_further() =>
        new ScriptBench(64).Eval("json.decode('9007199254740993')").ShouldBe("i:9007199254740993 , i:1");

    [Fact]
    public void Null_is_a_light_userdata_and_no_nil() =>
        _bench.Eval("json.decode('null') == json.null, json.decode('[null]')[1] ~= nil")
            .ShouldBe("True , True", StringCompareShould.IgnoreCase);

    [Theory]
    [InlineData("", "Expected value but found T_END at character 1")]
    [InlineData("{", "Expected object key string but found T_END at character 2")]
    [InlineData("{1:2}", "Expected object key string but found T_INTEGER at character 2")]
    [InlineData("{\"a\" 1}", "Expected colon but found T_INTEGER at character 6")]
    [InlineData("{\"a\":1 \"b\"}", "Expected comma or object end but found T_STRING at character 8")]
    [InlineData("[1,]", "Expected value but found T_ARR_END at character 4")]
    [InlineData("{\"a\":1,}", "Expected object key string but found T_OBJ_END at character 8")]
    [InlineData("[1 2]", "Expected comma or array end but found T_INTEGER at character 4")]
    [InlineData("1e3", "Expected the end but found invalid token at character 2")]
    [InlineData("0x10", "Expected value but found invalid number at character 1")]
    [InlineData("-", "Expected value but found invalid number at character 1")]
    [InlineData("\"\\ud83dx\"", "Expected value but found invalid unicode escape code at character 2")]
    [InlineData("tru", "Expected value but found invalid token at character 1")]
    public void A_fault_is_told_with_its_place(string json, string message)
    {
        _bench.Set("text", Encoding.UTF8.GetBytes(json));
        _bench.Eval("json.decode(text)").ShouldBe($"nil , False , \"{message}\"", StringCompareShould.IgnoreCase);
    }

    [Fact]
    public void Nesting_ends_at_a_thousand() =>
        _bench.Eval("json.decode(('['):rep(1000) .. (']'):rep(1000)) ~= nil, select(3, json.decode(('['):rep(1001)))")
            .ShouldBe("True , \"Found too many nested data structures (1001) at character 1001\"",
                StringCompareShould.IgnoreCase);

    [Fact]
    public void Any_string_comes_back_from_its_json() =>
        Gen.Byte[1, 255].Array[0, 60].Sample(bytes =>
        {
            _bench.Set("text", bytes);
            _bench.Eval("json.decode(json.encode(text)) == text").ShouldBe("True", StringCompareShould.IgnoreCase);
        }, threads: 1);

    [Fact]
    public void Any_list_of_integers_comes_back_from_its_json() =>
        Gen.Int.Array[1, 20].Sample(numbers =>
            _bench.Eval(
                $"table.concat(json.decode(json.encode({{{string.Join(",",
                    numbers.Select(n => $"0x{n:x8}"))}}})), ' ')")
                .ShouldBe($"\"{string.Join(' ', numbers)}\""), threads: 1);
}
