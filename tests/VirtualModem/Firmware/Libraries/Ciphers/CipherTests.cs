namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Ciphers;

/// <summary>
/// The ciphers and hashes of crypto by rows that V1112's own code printed (tag v1112.ec618.release, its mbedtls 2.28.2
/// with the module's configuration, built for 32 bits).
/// </summary>
public sealed class CipherTests
{
    private readonly ScriptBench _bench = new();

    /// <summary>
    /// "The quick brown fox jumps" under "0123456789abcdef…" with a first value of 16 bytes, in hexadecimal.
    /// </summary>
    [Theory]
    [InlineData("AES-128-ECB", "08EAEC72A2775E8A412E92731F4A4A2EA7B9F28604C6B833E4A7336F09E82EA1")]
    [InlineData("AES-192-ECB", "2A6F40EABD473B6FF63AC77544ED8BD7EBD0CF5C042E09BDF38E37BC3EFAA060")]
    [InlineData("AES-256-ECB", "E3273C60C8106D7A4F443BC80BA869D09357EDF9F040388BD450608763B56B59")]
    [InlineData("AES-128-CBC", "EDBA03FE193E35946BF5215234D3F8477332E8F83121909CCA67878B58CB0CF9")]
    [InlineData("AES-192-CBC", "99D0281F9B00BDD801B0412F2291AD884926D39B2D0913918EE6AA0C9EAFD0AB")]
    [InlineData("AES-256-CBC", "764169843310DE0FB528D1F0ACE0137BE7984880BF680B13154BECE7D4F7D3B9")]
    [InlineData("AES-128-CTR", "5F23B3518705166AD318A1A4A56B041D240A9419C5D2E0FF95")]
    [InlineData("AES-192-CTR", "90F2EFC37551F7B98F3716AB718ED40806D6E64C4FA3186BCB")]
    [InlineData("AES-256-CTR", "C97AEDA765B6D5934DBFBD82E0239398E85BB697961CDE2994")]
    [InlineData("AES-128-GCM", "55D829186B138D8A2EB0B02DDF4434CC248D526593FFE1B3FC")]
    [InlineData("AES-192-GCM", "5D148E60E65C1098F11323D4D15670DCD4A615A2F6FB8DF2E2")]
    [InlineData("AES-256-GCM", "F6E0C526D0ABFD1E06EA3857BF444756C7CA5B5E4DF7861E7B")]
    [InlineData("DES-ECB", "F42D37DA034AB805E99AB128BCF97044EBDF8F21B3E41861AE3A725C69A48FCB")]
    [InlineData("DES-EDE-ECB", "E72BBA2B1FB4087092DE48011DFFAA1FD975FBF8DDE427FB99A3DAD4EC9D672F")]
    [InlineData("DES-EDE3-ECB", "D540DBD5F528DCCC7CE045D535095B910BF9A778127926FE46947C44998D1504")]
    [InlineData("DES-CBC", "39AE62CE93AAF14DF5BB7BB670E54897BF34F14B3F49DCBF61E4975AC47761B6")]
    [InlineData("DES-EDE-CBC", "5EC9290A861BDEF0E35D404924C005B4A9C2DA52F9D28FA170C4BC6FFAD1FEAF")]
    [InlineData("DES-EDE3-CBC", "008DA0376198190C9A233D72D91287EF77AF3954DF319697B84DBDA28B10CBB0")]
    public void Each_cipher_turns_a_text_into_what_the_module_makes_of_it(string cipher, string expected)
    {
        var key = cipher switch
        {
            _ when cipher.StartsWith("DES-EDE3", StringComparison.Ordinal) => "0123456789abcdefFEDCBA98",
            _ when cipher.StartsWith("DES-EDE", StringComparison.Ordinal) => "0123456789abcdef",
            _ when cipher.StartsWith("DES", StringComparison.Ordinal) => "8bytekey",
            _ when cipher.Contains("192", StringComparison.Ordinal) => "0123456789abcdefFEDCBA98",
            _ when cipher.Contains("256", StringComparison.Ordinal) => "0123456789abcdef0123456789ABCDEF",
            _ => "0123456789abcdef",
        };
        const string Text = "The quick brown fox jumps";
        var rest = $"'{key}', 'fedcba9876543210')";
        var encrypted = $"crypto.cipher_encrypt('{cipher}', 'PKCS7', '{Text}', {rest}";
        _bench.Eval($"({encrypted}:toHex())").ShouldBe($"\"{expected}\"");
        _bench.Eval($"crypto.cipher_decrypt('{cipher}', 'PKCS7', {encrypted}, {rest}").ShouldBe($"\"{Text}\"");
    }

    /// <summary>AES-128 with each padding; the decrypted text stands behind the hexadecimal one.</summary>
    [Theory]
    [InlineData("ECB", "PKCS7", "", "377222E061A924C591CD9C27EA163ED4", "")]
    [InlineData("ECB", "PKCS7", "abc", "1D25821C3E311EEA2D4DD8633A25C1B5", "abc")]
    [InlineData("ECB", "PKCS7", "0123456789abcdef",
        "72727E881EDCFD0100A718687909B565377222E061A924C591CD9C27EA163ED4", "0123456789abcdef")]
    [InlineData("CBC", "PKCS7", "", "3C492CEDD954CC383F3D3EE93E728484", "")]
    [InlineData("CBC", "PKCS7", "abc", "88A72D2BB6CC078672D803B8FC0DDF52", "abc")]
    [InlineData("CBC", "PKCS7", "0123456789abcdef",
        "6575CF6B37479D9215337FF9767FE7866673E70D7E0BF17498019EE1BC7B945F", "0123456789abcdef")]
    [InlineData("CBC", "ZERO", "abc", "B5A43EFD05A68593E90CD1AC0AEF1C0E", "abc")]
    [InlineData("CBC", "ZERO", "0123456789abcdef",
        "6575CF6B37479D9215337FF9767FE7860D050F51285A901F68BA32599A50B6D8", "0123456789abcdef")]
    [InlineData("ECB", "ZEROS", "", "", "")]
    [InlineData("ECB", "ZEROS", "abc", "", "")]
    [InlineData("ECB", "ZEROS", "0123456789abcdef", "72727E881EDCFD0100A718687909B565", "0123456789abcdef")]
    [InlineData("CBC", "ZEROS", "", "0B4BD671F6707F09B838C3D6CA1C6A3D", "")]
    [InlineData("CBC", "ZEROS", "abc", "B5A43EFD05A68593E90CD1AC0AEF1C0E", "abc")]
    [InlineData("CBC", "ZEROS", "0123456789abcdef",
        "6575CF6B37479D9215337FF9767FE7860D050F51285A901F68BA32599A50B6D8", "0123456789abcdef")]
    [InlineData("ECB", "ONE_AND_ZEROS", "", "", "")]
    [InlineData("ECB", "ONE_AND_ZEROS", "abc", "", "")]
    [InlineData("ECB", "ONE_AND_ZEROS", "0123456789abcdef", "72727E881EDCFD0100A718687909B565", "0123456789abcdef")]
    [InlineData("CBC", "ONE_AND_ZEROS", "", "CB65FA459B0299EF4836CF932EF49BB2", "")]
    [InlineData("CBC", "ONE_AND_ZEROS", "abc", "E8DD489814BF8B743C5EAAED44C902A7", "abc")]
    [InlineData("CBC", "ONE_AND_ZEROS", "0123456789abcdef",
        "6575CF6B37479D9215337FF9767FE7864965775AE78529AE1198D8B8EDF48142", "0123456789abcdef")]
    [InlineData("ECB", "ZEROS_AND_LEN", "", "", "")]
    [InlineData("ECB", "ZEROS_AND_LEN", "abc", "", "")]
    [InlineData("ECB", "ZEROS_AND_LEN", "0123456789abcdef", "72727E881EDCFD0100A718687909B565", "0123456789abcdef")]
    [InlineData("CBC", "ZEROS_AND_LEN", "", "B2BC0DC2DD1F05FC0FF1CF7E09C716A1", "")]
    [InlineData("CBC", "ZEROS_AND_LEN", "abc", "0707C89ED06BB4C8D07C077461ED55B0", "abc")]
    [InlineData("CBC", "ZEROS_AND_LEN", "0123456789abcdef",
        "6575CF6B37479D9215337FF9767FE78654C15DFEA555732FB469DCFF4E00E02B", "0123456789abcdef")]
    [InlineData("ECB", "NONE", "", "", "")]
    [InlineData("ECB", "NONE", "abc", "", "")]
    [InlineData("ECB", "NONE", "0123456789abcdef", "72727E881EDCFD0100A718687909B565", "0123456789abcdef")]
    [InlineData("CBC", "NONE", "", "", "")]
    [InlineData("CBC", "NONE", "abc", "", "")]
    [InlineData("CBC", "NONE", "0123456789abcdef", "6575CF6B37479D9215337FF9767FE786", "0123456789abcdef")]
    [InlineData("ECB", "ZERO", "abc", "D78DC68424782137E00C4CFB9025B473", "abc\0\0\0\0\0\0\0\0\0\0\0\0\0")]
    public void Each_padding_fills_and_is_taken_off(
        string mode, string padding, string text, string expected, string decrypted)
    {
        var call = $"('AES-128-{mode}', '{padding}', text, '0123456789abcdef', 'fedcba9876543210')";
        var script = $"local text = '{text}' text = crypto.cipher{call} hex = text:toHex() " +
            $"text = crypto.cipher_decrypt{call} out = text";
        _bench.Run(script).ShouldBeNull();
        _bench.Eval("hex, out").ShouldBe($"\"{expected}\" , \"{decrypted}\"");
    }

    /// <summary>Encrypts one block as it is, and takes a padding off it that it may not have.</summary>
    private const string Filled = "(function(mode, padding, block) local c, k = 'AES-128-' .. mode, ('k'):rep(16) " +
        "return crypto.cipher_decrypt(c, padding, crypto.cipher_encrypt(c, 'NONE', block, k, k), k, k) end)(";

    [Theory]
    [InlineData("crypto.cipher_encrypt('AES-128-XYZ', nil, 'x', ('k'):rep(16))", "(no value)",
        "E/crypto mbedtls_cipher_info fail AES-128-XYZ not support")]
    [InlineData("crypto.cipher_encrypt(nil, nil, 'x', ('k'):rep(15))", "(no value)",
        "E/crypto mbedtls_cipher_setkey fail -0x6100 AES-128-ECB")]
    [InlineData("crypto.cipher_encrypt('AES-128-CBC', nil, 'x', ('k'):rep(16), 'short')", "(no value)",
        "E/crypto mbedtls_cipher_set_iv fail -0x6100 AES-128-CBC")]
    [InlineData("crypto.cipher_encrypt('AES-128-CTR', nil, 'x', ('k'):rep(16), ('i'):rep(17))", "(no value)",
        "E/crypto mbedtls_cipher_set_iv fail -0x6080 AES-128-CTR")]
    [InlineData("crypto.cipher_encrypt('AES-128-CCM', nil, 'x', ('k'):rep(16))", "\"\"",
        "E/crypto mbedtls_cipher_update fail 0x6080 AES-128-CCM")]
    [InlineData("crypto.cipher_encrypt('AES-128-CCM', nil, '', ('k'):rep(16))", "\"\"",
        "E/crypto mbedtls_cipher_finish fail 0x6080 AES-128-CCM")]
    [InlineData("crypto.cipher_encrypt('AES-128-ECB', 'NONE', 'x', ('k'):rep(16))", "\"\"",
        "E/crypto mbedtls_cipher_update fail 0x6280 AES-128-ECB")]
    [InlineData("crypto.cipher_encrypt('AES-128-CBC', 'NONE', 'x', ('k'):rep(16))", "\"\"",
        "E/crypto mbedtls_cipher_finish fail 0x6280 AES-128-CBC")]
    [InlineData("crypto.cipher_decrypt('AES-128-ECB', 'PKCS7', ('x'):rep(16), ('k'):rep(16))", "\"\"",
        "E/crypto get_pkcs_padding fail 0x6200 AES-128-ECB")]
    [InlineData("#crypto.cipher_decrypt('AES-128-CBC', 'PKCS7', ('x'):rep(32), ('k'):rep(16))", "i:16",
        "E/crypto mbedtls_cipher_finish fail 0x6200 AES-128-CBC")]
    [InlineData("#crypto.cipher_encrypt('AES-128-ECB', 'ZERO', 'x', ('k'):rep(16))", "i:16",
        "D/crypto zero padding")]
    [InlineData(Filled + "'ECB', 'PKCS7', ('x'):rep(15) .. '\\4')", "\"\"",
        "E/crypto get_pkcs_padding fail 0x6200 AES-128-ECB")]
    [InlineData(Filled + "'CBC', 'PKCS7', ('x'):rep(15) .. '\\4')", "\"\"",
        "E/crypto mbedtls_cipher_finish fail 0x6200 AES-128-CBC")]
    [InlineData(Filled + "'CBC', 'PKCS7', ('x'):rep(15) .. '\\17')", "\"\"",
        "E/crypto mbedtls_cipher_finish fail 0x6200 AES-128-CBC")]
    [InlineData(Filled + "'CBC', 'ONE_AND_ZEROS', ('x'):rep(15) .. '\\0')", "\"\"",
        "E/crypto mbedtls_cipher_finish fail 0x6200 AES-128-CBC")]
    [InlineData(Filled + "'CBC', 'ZEROS_AND_LEN', ('x'):rep(15) .. '\\2')", "\"\"",
        "E/crypto mbedtls_cipher_finish fail 0x6200 AES-128-CBC")]
    public void What_fails_is_logged_and_gives_what_there_is(string expression, string result, string line)
    {
        _bench.Eval(expression).ShouldBe(result);
        _bench.Log.ShouldBe([line]);
    }

    /// <summary>"what do ya want for nothing?" in two parts; a key of 0, 4 ("Jefe") or 131 bytes.</summary>
    [Theory]
    [InlineData("MD5", 0,
        "D03CB659CBF9192DCD066272249F8412")]
    [InlineData("MD5", 4,
        "750C783E6AB0B503EAA86E310A5DB738")]
    [InlineData("MD5", 131,
        "EC3EBBC523336F416A188828434E2C3D")]
    [InlineData("SHA", 0,
        "8F820394F95335182045DA24F34DE52BF8BC3432")]
    [InlineData("SHA", 4,
        "EFFCDF6AE5EB2FA2D27416D5F184DF9C259A7C79")]
    [InlineData("SHA", 131,
        "5316DA7B630B1390729A29CE9EAA6AE013994048")]
    [InlineData("SHA224", 0,
        "9B67B9BB148FAE726D5BC97300F3EF9E11B8FA3D3E4B58CAB50A4D9A")]
    [InlineData("SHA224", 4,
        "A30E01098BC6DBBF45690F3A7E9E6D0F8BBEA2A39E6148008FD05E44")]
    [InlineData("SHA224", 131,
        "235F4BE0F0034C8F8E0470F668D0268FFC29B11A7841DD3C7735E81F")]
    [InlineData("SHA384", 0,
        "1AB7B35FF828054AD6D188DF1D8FB729F67515D1288FD66E7725043E9DA06E36598F26B302F8B044A554EC1230BF1702")]
    [InlineData("SHA384", 4,
        "AF45D2E376484031617F78D2B58A6B1B9C7EF464F5A01B47E42EC3736322445E8E2240CA5E69E2C78B3239ECFAB21649")]
    [InlineData("SHA384", 131,
        "7A1D1D471583FDCE13BD109A44DEED30C924DF7A32C232BFD07407B65DDB87EA8CB9064CEA9362570385338ECC8E43A4")]
    public void A_hash_in_parts_is_the_hash_of_the_whole(string hash, int keyBytes, string expected)
    {
        var key = keyBytes switch { 0 => "", 4 => "Jefe", _ => new string('k', keyBytes) };
        _bench.Run(
            $"local h = crypto.hash_init('{hash}', '{key}') crypto.hash_update(h, 'what do ya want ') " +
            "crypto.hash_update(h, 'for nothing?') result = crypto.hash_finish(h)").ShouldBeNull();
        _bench.Eval("result").ShouldBe($"\"{expected}\"");
    }

    [Theory]
    [InlineData("crypto.hash_init('NONE')", "(no value)")]
    [InlineData("pcall(crypto.hash_init)", "false , \"bad argument #1 to '?' (string expected, got userdata)\"")]
    [InlineData("pcall(crypto.hash_update, json.null, '')",
        "false , \"bad argument #1 to '?' (crypto expected, got light userdata)\"")]
    [InlineData("pcall(crypto.hash_finish, {})", "false , \"bad argument #1 to '?' (crypto expected, got table)\"")]
    [InlineData("tostring(crypto.hash_init('MD5')):sub(1, 8)", "\"crypto: \"")]
    [InlineData("#crypto.cipher_list(), crypto.cipher_list()[10], crypto.cipher_list()[21]",
        "i:21 , \"AES-128-GCM\" , \"DES-EDE3-CBC\"")]
    [InlineData("#crypto.cipher_suites(), crypto.cipher_suites()[1], crypto.cipher_suites()[42]",
        "i:42 , \"TLS-ECDHE-ECDSA-WITH-AES-256-GCM-SHA384\" , \"TLS-PSK-WITH-AES-128-CCM-8\"")]
    [InlineData("pcall(crypto.cipher_encrypt, 'x', 'y', 'z')",
        "false , \"bad argument #4 to '?' (string expected, got no value)\"")]
    public void A_call_gives_what_v1112_gives(string expression, string result) =>
        _bench.Eval(expression).ShouldBe(result);

    [Fact]
    public void A_stream_that_has_ended_gives_nothing_and_says_so()
    {
        _bench.Run("local h = crypto.hash_init('MD5') crypto.hash_finish(h) crypto.hash_update(h, 'x') " +
            "count = select('#', crypto.hash_finish(h))").ShouldBeNull();
        _bench.Eval("count").ShouldBe("i:0");
        _bench.Log.ShouldBe(["I/crypto md finish ret -20736"]);
    }

    [Theory]
    [InlineData("crypto.md_file('MD5', '/f'), crypto.md_file('MD5', '/f', ''), crypto.md_file('SHA224', '/f', 'k')",
        "900150983CD24FB0D6963F7D28E17F72\t900150983CD24FB0D6963F7D28E17F72\t" +
        "732490484BCFB134F616BCD29FA7847C0DBA67EFCFE57B8115EFA9CC", "")]
    [InlineData("crypto.md_file('MD5', '/')", "", "")]
    [InlineData("crypto.md_file('MDX', '/none')", "", "I/crypto no such message digest MDX")]
    [InlineData("crypto.md_file('MD5', '/none')", "", "I/crypto no such file /none")]
    public void A_file_has_its_hash(string call, string expected, string line)
    {
        var script = $"io.writeFile('/f', 'abc') log.info('is', {call}) while true do rtos.receive(-1) end";
        var bench = new FakeBench(script).PowerOn().RunTo(1);
        bench.UserLines.ShouldBe([expected.Length == 0 ? "I/user.is" : "I/user.is\t" + expected]);
        if (line.Length > 0) bench.Lines.ShouldContain(line);
    }
}
