namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Encodings;

public sealed class CryptoLibraryTests
{
    private readonly ScriptBench _bench = new();

    [Theory]
    [InlineData("crypto.md5('abc')", "\"900150983CD24FB0D6963F7D28E17F72\"")]
    [InlineData("crypto.sha1('abc')", "\"A9993E364706816ABA3E25717850C26C9CD0D89D\"")]
    [InlineData("crypto.hmac_md5('what do ya want for nothing?', 'Jefe')", "\"750C783E6AB0B503EAA86E310A5DB738\"")]
    [InlineData("crypto.sha256('abc')", "\"BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD\"")]
    [InlineData("crypto.sha256('abc') == crypto.sha256('abc', {}), #crypto.sha512(12)", "true , i:128")]
    [InlineData("crypto.hmac_sha1('what do ya want for nothing?', 'Jefe')",
        "\"EFFCDF6AE5EB2FA2D27416D5F184DF9C259A7C79\"")]
    [InlineData("crypto.hmac_sha256('what do ya want for nothing?', 'Jefe')",
        "\"5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843\"")]
    [InlineData("crypto.hmac_sha512('what do ya want for nothing?', 'Jefe')",
        "\"164B7A7BFCF819E2E395FBE73B56E0A387BD64222E831FD610270CD7EA250554" +
        "9758BF75C05A994A6D034F65F8F0E6FDCAEAB1A34D4A6B4B636E070A38BCE737\"")]
    [InlineData("crypto.hmac_sha256('x', ('k'):rep(65)) == " +
        "crypto.hmac_sha256('x', (crypto.sha256(('k'):rep(65)):fromHex()))", "true")]
    [InlineData("crypto.hmac_sha512('x', ('k'):rep(129)) == " +
        "crypto.hmac_sha512('x', (crypto.sha512(('k'):rep(129)):fromHex()))", "true")]
    [InlineData("crypto.hmac_sha1('x', '') == crypto.sha1('x')", "true")]
    [InlineData("pcall(crypto.hmac_sha256, 'x')",
        "false , \"bad argument #2 to '?' (string expected, got no value)\"")]
    [InlineData("pcall(crypto.sha256, {})", "false , \"bad argument #1 to '?' (string expected, got table)\"")]
    [InlineData("crypto.md('SHA1', 'abc')", "(no value)")]
    [InlineData("crypto.md('NONE', 'abc', 'key')", "(no value)")]
    [InlineData("pcall(crypto.md, 'MD5')",
        "false , \"bad argument #2 to '?' (string expected, got no value)\"")]
    [InlineData("#crypto.sha512(''), crypto.hmac_md5('abc', '') == crypto.md5('abc')", "i:128 , true")]
    [InlineData("crypto.crc16('IBM'), crypto.crc16('IBM', print)", "i:0 , i:0")]
    [InlineData("pcall(crypto.crc16, 'IBM', json.null)",
        "false , \"bad argument #2 to '?' (ZBUFF* expected, got light userdata)\"")]
    [InlineData("pcall(crypto.crc16, 'IBM', 'abc', 1, 2, 3, 4, {})",
        "false , \"bad argument #7 to '?' (number expected, got table)\"")]
    [InlineData("crypto.crc16('USER-DEFINED', '', 0, -1), crypto.crc16('USER-DEFINED', '', 0, 70000)", "i:0 , i:4464")]
    [InlineData("crypto.crc7('abc'), crypto.crc7('abc', 0xE5, 1)", "i:50 , i:46")]
    [InlineData("pcall(crypto.checksum, {}, print)",
        "false , \"bad argument #1 to '?' (string expected, got table)\"")]
    [InlineData("crypto.totp('2', 0), crypto.totp('GEZDGNBV', -1)", "i:362668 , i:389302")]
    [InlineData("crypto.crc32('123456789')", "i:-873187034")]
    [InlineData("crypto.crc16('MODBUS', '123456789')", "i:19255")]
    [InlineData("crypto.crc16_modbus('123456789')", "i:19255")]
    [InlineData("crypto.crc16('IBM', '123456789')", "i:47933")]
    [InlineData("crypto.crc16_modbus('123456789', 0)", "i:47933")]
    [InlineData("crypto.crc16_modbus('123456789', 0x1234)", "i:45019")]
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

    /// <summary>What reads memory that is not its own gives something, and the session says so.</summary>
    [Theory]
    [InlineData("crypto.crc7('abc', 1, 1)")]
    [InlineData("crypto.crc7('abc', 0xE5, 0xFF)")]
    [InlineData("crypto.totp('not base 32!')")]
    public void What_leaves_its_memory_is_noticed(string call)
    {
        _bench.Run($"local x = {call}").ShouldBeNull();
        _bench.Host.Notices.Count.ShouldBe(1);
    }
}
