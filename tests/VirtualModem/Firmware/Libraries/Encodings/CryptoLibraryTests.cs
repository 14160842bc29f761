namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Encodings;

public sealed class CryptoLibraryTests
{
    private readonly ScriptBench _bench = new();

    [Theory]
    [InlineData("crypto.md5('abc')", "\"900150983CD24FB0D6963F7D28E17F72\"")]
    [InlineData("crypto.sha1('abc')", "\"A9993E364706816ABA3E25717850C26C9CD0D89D\"")]
    [InlineData("crypto.hmac_md5('what do ya want for nothing?', 'Jefe')", "\"750C783E6AB0B503EAA86E310A5DB738\"")]
    [InlineData("crypto.md('SHA1', 'abc') == crypto.sha1('abc') and #crypto.sha512('')", "i:128")]
    [InlineData("crypto.md('NONE', 'abc')", "(no value)")]
    [InlineData("crypto.crc32('123456789')", "i:-873187034")]
    [InlineData("crypto.crc16('MODBUS', '123456789')", "i:19255")]
    [InlineData("crypto.crc16_modbus('123456789')", "i:19255")]
    [InlineData("crypto.crc16('IBM', '123456789')", "i:47933")]
    [InlineData("crypto.crc16_modbus('123456789', 0)", "i:47933")]
    [InlineData("crypto.crc16('CCITT-FALSE', '123456789')", "i:10673")]
    [InlineData("crypto.crc16('X25', '123456789')", "i:36974")]
    [InlineData("crypto.crc16('XMODEM', '123456789')", "i:12739")]
    [InlineData("crypto.crc16('DNP', '123456789')", "i:60034")]
    [InlineData("crypto.crc16('USER-DEFINED', '123456789', 0x1021, 0xFFFF)", "i:10673")]
    [InlineData("crypto.crc16('NONE', '123456789')", "i:0")]
    [InlineData("crypto.crc8('123456789')", "i:244")]
    [InlineData("crypto.crc8('123456789', 0x31, 0xFF)", "i:247")]
    [InlineData("crypto.checksum('abc'), crypto.checksum('abc', 1)", "i:96 , i:38")]
    [InlineData("crypto.base64_encode('hi'), crypto.base64_decode('aGk=')", "\"aGk=\" , \"hi\"")]
    [InlineData("crypto.totp('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', 59)", "i:287082")]
    [InlineData("crypto.totp('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')", "i:50471")]
    [InlineData("crypto.trng(4), #crypto.trng(200), #crypto.trng(-1)", "\"\0\u0001\u0002\u0003\" , i:128 , i:128")]
    public void Results_agree_with_the_published_ones(string expressions, string result) =>
        _bench.Eval(expressions).ShouldBe(result);

    [Fact]
    public void A_cipher_fails_by_its_name()
    {
        _bench.Run("crypto.cipher_encrypt('AES-128-ECB', 'PKCS7', 'x', ('k'):rep(16))")
            .ShouldNotBeNull()
            .ShouldStartWith("main.lua:1: crypto.cipher_encrypt is not modelled by this virtual Air780E");
        _bench.Host.NotModelledNames.ShouldBe(["crypto.cipher_encrypt"]);
    }
}
