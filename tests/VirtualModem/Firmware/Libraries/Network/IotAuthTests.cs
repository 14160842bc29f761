using System.Text;

using AirHil.VirtualModem.Firmware.Libraries.Ciphers;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Network;

/// <summary>iotauth: what V1112's own C code gives for these arguments.</summary>
public sealed class IotAuthTests
{
    private const string Cloud = "'a1Pk', 'dev1', 'Y877Bgo8X5owd3lcB5wWDjryNPoB'";
    private const string OneNet = "'Ck2AF9QD2K', 'test', 'KuF3NT/jUBJ62LNBB/A8XZA9CqS3Cu79B/ABmfA1UCw='";
    private const string Long = "6c95875d0f5ba69607nzfl6c95875d0f5ba69607nzfl6c95875d0f5ba69607nzfl";

    public static TheoryData<string, string> Rows => new()
    {
        { $"aliyun({Cloud})",
            "a1Pk.dev1|securemode=3,signmethod=hmacmd5,timestamp=32472115200|\tdev1&a1Pk\t" +
            "3340A76F85F600754253B7DF666FB6E9" },
        { $"aliyun({Cloud}, 'HMACSHA1', 1700000000, true)",
            "a1Pk.dev1|securemode=2,signmethod=hmacsha1,timestamp=1700000000|\tdev1&a1Pk\t" +
            "998850480413177D3238229103D7ADC81BCB2DFB" },
        { $"aliyun({Cloud}, 'hmacsha256', -5, 'x')",
            "a1Pk.dev1|securemode=3,signmethod=hmacsha256,timestamp=-5|\tdev1&a1Pk\t" +
            "1772E04329D5FB0A53F9EFA37616A275549A530A28737AAB8D3D702460DE4C6D" },
        { "aliyun('a', 'b', 'c', 'x')", "\t\t" },
        { "aliyun('a', 'b', 'c', 'HmacMd5')", "\t\t" },
        { $"onenet({OneNet})",
            "test\tCk2AF9QD2K\tversion=2018-10-31&res=products%2FCk2AF9QD2K%2Fdevices%2Ftest&et=32472115200&" +
            "method=md5&sign=htDD26UhXtXayMFAWRmNiA%3D%3D" },
        { $"onenet({OneNet}, 'SHA256', 5, nil, 'products/Ck2AF9QD2K')",
            "test\tCk2AF9QD2K\tversion=2018-10-31&res=products%2FCk2AF9QD2K&et=32472115200&method=SHA256&" +
            "sign=r19WIp6S3YbuCqvWSxSnP7h8s0YrMILXcfgFsl%2FN6lw%3D" },
        { "onenet('Ck2AF9QD2K', 'test', 'not base64!', 'sha1', nil, 1, 'products/Ck2AF9QD2K')",
            "test\tCk2AF9QD2K\tversion=1&res=products%2FCk2AF9QD2K&et=32472115200&method=sha1&" +
            "sign=gaTdfD1wvBhO2PcqjjDzHFrFzRk%3D" },
        { $"onenet({OneNet}, 'sha512')", "\t\t" },
        // A version of 12 bytes and more runs over the method; V1112's code as a 32-bit program.
        { "onenet('p', 'd', 'KuF3NT/jUBJ62LNBB/A8XZA9CqS3Cu79B/ABmfA1UCw=', 'md5', nil, '2018-10-31-xy')",
            "d\tp\tversion=2018-10-31-xyd5&res=products%2Fp%2Fdevices%2Fd&et=32472115200&method=yd5" +
            "&sign=w%2F6LXnGwvKykvR6Vrxakkw%3D%3D" },
        { "onenet('p', 'd', 'KuF3NT/jUBJ62LNBB/A8XZA9CqS3Cu79B/ABmfA1UCw=', 'sha1', nil, ('v'):rep(23))",
            "d\tp\tversion=vvvvvvvvvvvvvvvvvvvvvvv&res=products%2Fp%2Fdevices%2Fd&et=32472115200" +
            "&method=vvvvvvvvvvv&sign=E0Qw%2BormTqFfYoaltPRsyGQw1Z8%3D" },
        { "onenet('p', 'd', 'KuF3NT/jUBJ62LNBB/A8XZA9CqS3Cu79B/ABmfA1UCw=', 'sha1', nil, ('v'):rep(40))",
            "d\tp\tversion=vvvvvvvvvvvvvvvvvvvvvvvvproducts%2Fp%2Fdevices%2Fd&res=products%2Fp%2Fdevices%2Fd" +
            "&et=32472115200&method=vvvvvvvvvvvvproducts%2Fp%2Fdevices%2Fd&sign=ade0zBopybBOY5uJiqv%2BRSUVKZQ%3D" },
        { "iotda('6203cc94_8888', '123456789')",
            "6203cc94_8888_0_0_2999010100\t6203cc94_8888\t" +
            "5888ea6f4631ce76d621f452e8823507c36dd68a61f6e08518c8935e280c3c72" },
        { "iotda('6203cc94_8888', '123456789', 1700000000)",
            "6203cc94_8888_0_1_2023111506\t6203cc94_8888\t" +
            "1c05cd54cb1b9585d40f10581aa2c84bf8c93c418eceff2f55f55dbc396c5b32" },
        { "tuya('6c95875d0f5ba69607nzfl', 'fb803786602df760')",
            "tuyalink_6c95875d0f5ba69607nzfl\t6c95875d0f5ba69607nzfl|signMethod=hmacSha256,timestamp=7258089600," +
            "secureMode=1,accessType=1\td4e2d498e4195db3ed213b33d662e3b7bf434dc3d5a1f2e63b602ac9248ba72c" },
        { $"tuya('{Long}', 'fb803786602df760', 1)",
            $"tuyalink_{Long}\t{Long}|signMethod=hmacSha256,timestamp=1,secureMode=1,accessType=1\t" +
            "de60a65501770d6ecfbcc575e6634df0fc3be18308f5004e234446bb250da1bc" },
        { "baidu('abcd123', 'mydevice', 'ImSeCrEt0I1M2jkl')",
            "abcd123\tthingidp@abcd123|mydevice|MD5\t22bc75231495220c7a2202fe15f7d286" },
        { "baidu('abcd123', 'mydevice', 'ImSeCrEt0I1M2jkl', 'sha256', 1700000000)",
            "abcd123\tthingidp@abcd123|mydevice|1700000000|SHA256\t" +
            "4b4923db7522a0fe7a50a26003ba4a7647f627921828127e169073b9eafe5a2e" },
        { "baidu('abcd123', 'mydevice', 'ImSeCrEt0I1M2jkl', 'sha1')", "abcd123\t\t" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_cloud_s_texts_are_those_of_v1112(string call, string expected)
    {
        var bench = Run($"print('is', iotauth.{call})");
        bench.Line("is\t").Text[3..].ShouldBe(expected);
        var isUnknown = expected.EndsWith('\t');
        bench.Lines.Any(line => line.StartsWith("E/iotauth not support: ", StringComparison.Ordinal))
            .ShouldBe(isUnknown);
    }

    [Theory]
    [InlineData("", "12010126", "sha256", 32472115200)]
    [InlineData(", 'SHA1', 7, 9", "9", "sha1", 7)]
    public void Qcloud_signs_a_connection_id_of_five_letters(string more, string application, string hash, long time)
    {
        const string secret = "acyv3QDJrRa0fW5UE58KnQ==";
        var bench = Run($"print('is', iotauth.qcloud('LD8S5J1L07', 'test', '{secret}'{more}))");
        var texts = bench.Line("is\t").Text.Split('\t')[1..];
        texts[0].ShouldBe("LD8S5J1L07test");
        texts[1].ShouldMatch($"^LD8S5J1L07test;{application};[a-z]{{5}};{time}$");
        var key = Convert.FromBase64String(secret);
        var user = Encoding.ASCII.GetBytes(texts[1]);
        var signature = Digest.Of(hash.ToUpperInvariant(), user, key)!;
        texts[2].ShouldBe($"{Convert.ToHexStringLower(signature)};hmac{hash}");
    }

    [Theory]
    [InlineData("aliyun('a', 'b')", "bad argument #3 to 'aliyun' (string expected, got no value)")]
    [InlineData("onenet('a', {}, 'c')", "bad argument #2 to 'onenet' (string expected, got table)")]
    [InlineData("iotda()", "bad argument #1 to 'iotda' (string expected, got no value)")]
    [InlineData("iotda('a', 'b', 1.5)", "bad argument #3 to 'iotda' (number has no integer representation)")]
    [InlineData("qcloud('a', 'b', 'c', {})", "bad argument #4 to 'qcloud' (string expected, got table)")]
    [InlineData("tuya('a')", "bad argument #2 to 'tuya' (string expected, got no value)")]
    [InlineData("baidu('a', 'b', 'c', 'MD5', 'x')", "bad argument #5 to 'baidu' (number expected, got string)")]
    public void A_wrong_argument_is_an_error(string call, string error) =>
        Run($"print('e', pcall(function() return iotauth.{call} end))").Line("e\tfalse").Text.ShouldContain(error);

    [Theory]
    [InlineData("aliyun(('x'):rep(60), 'dev', 's')")]
    [InlineData("onenet(('x'):rep(60), 'dev', 's')")]
    [InlineData("onenet('a', 'b', 'c', 'longer_than_12')")]
    [InlineData("onenet('a', 'b', 'c', 'md5', 1, '123456789012')")]
    [InlineData("qcloud('a', 'b', ('x'):rep(80))")]
    public void A_text_that_overwrites_memory_is_told(string call) =>
        Run($"iotauth.{call}").Notices.ShouldContain(
            "iotauth: a text that does not fit; V1112 overwrites its memory here.");

    private static FakeBench Run(string script) => new FakeBench(script).PowerOn().RunTo(1);
}
