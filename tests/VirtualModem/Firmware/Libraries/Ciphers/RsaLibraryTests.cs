namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Ciphers;

/// <summary><c>rsa</c>: what V1112's binding and mbedTLS 2.28.2, built for 32 bits, give for the same calls.</summary>
public sealed class RsaLibraryTests
{
    internal const string PrivateKey =
        """
        -----BEGIN RSA PRIVATE KEY-----
        MIIBPAIBAAJBAKVpmsu6oArLFvgfBhpT1tfzIqwvuRp6Hk3qhZHYmyByul0EIXWO
        9W2wRjUTcqxq547rkP3FzPGV3V80mLkbt2sCAwEAAQJAXeGOJcsKQpX5t2GESTUE
        XxRzvV5opIpi4L4WiSxy/vq0xfJfD+a+yeL+mSF6gixebQw0pH4ypFJ9mQp705x5
        AQIhANgLJCLNPB6IBsZH8q10W12M56+lx6S01YYK7PxNv83LAiEAxAFGA26bzXM1
        Ugh9/Sl6RKaD7/wbLflElM578HQciOECIQC/KwSbwu2KuqT7+Rg1AfwCyLcOhuwk
        w1sZlDtlekrZhwIhALUBoBCHUuaWYEVThlYGud0wEWPMY6U/LzBkx1w1PizBAiEA
        p8XfrhCZGrz3Jtq0DQWO3cAge8exuo7TFtgke1r2VJY=
        -----END RSA PRIVATE KEY-----
        """;

    internal const string PublicKey =
        """
        -----BEGIN PUBLIC KEY-----
        MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAKVpmsu6oArLFvgfBhpT1tfzIqwvuRp6
        Hk3qhZHYmyByul0EIXWO9W2wRjUTcqxq547rkP3FzPGV3V80mLkbt2sCAwEAAQ==
        -----END PUBLIC KEY-----
        """;

    private const string Keys = $"local P, U = [[\n{PrivateKey}\n]], [[\n{PublicKey}\n]]\nlocal r = rsa\n";

    [Theory]
    [InlineData("r.sign(P, r.MD_MD5, ('h'):rep(16)):toHex()",
        "27E78C785E356385C168D368A3285B526A887CA6B552F58FF1BDAB71A5B96E6B" +
        "1611A02DF2F61BE21FAB0C165B3C1B009149760B9851EBEC4F6029521A0021AA,128")]
    [InlineData("r.sign(P, r.MD_SHA1, ('h'):rep(20)):toHex()",
        "43F8C84F93835DD2BE410C497E35E2A17201647C255BB302FFEE7F1CC1B3AF7A" +
        "773435B7D27B07132101C6D9691C88055E073988F1F1D0FBB3052E371A77C50D,128")]
    [InlineData("r.sign(P, r.MD_SHA224, ('h'):rep(28)):toHex()",
        "448C7A262916493AA6E7073EF71C4721CA53AE167BCC0E8552B18E3C7F6816D8" +
        "E61F4D7D318D5A70980CBE7CAD5BC87173D15B1C550C3C2EA29B558E1C1FAB11,128")]
    [InlineData("r.sign(P, r.MD_SHA256, ('h'):rep(32)):toHex()",
        "76958D5F7BF482E885EAB26C9F881D48404DD611408072DC673E47E136F4A398" +
        "28380548AC2F0FE0F983B35EDAFF0C226DBE2AC320C622435C32551255EAC509,128")]
    [InlineData("r.sign(P, 0, 'raw'):toHex()",
        "120AA952038E9E80A2561DC45388F55A6867B2783A74EF5DCAECA2045FACAE0B" +
        "B6E410FEE513EB0D2D56603497A282BE35E384511AD9D5CB32D652C3621C89C5,128")]
    [InlineData("r.verify(U, 6, ('h'):rep(32), r.sign(P, 6, ('h'):rep(32))), r.verify(U, 0, 'raw', r.sign(P, 0, " +
        "'raw'))",
        "true,true")]
    [InlineData("r.verify(U, 6, ('h'):rep(32), 'x'), r.verify(U, 99, ('h'):rep(32), ('x'):rep(64)), " +
        "r.verify(U, 6, ('h'):rep(40), r.sign(P, 6, ('h'):rep(32)))", "false,false,false")]
    [InlineData("r.verify(U, 4, ('h'):rep(20), r.sign(P, 6, ('h'):rep(32))), r.verify(U, 6, ('h'):rep(32), " +
        "('\\255'):rep(64))",
        "false,false")]
    [InlineData("r.decrypt(P, r.encrypt(U, 'hello')), #r.encrypt(U, ('x'):rep(53)), r.encrypt(U, 'a') == " +
        "r.encrypt(U, 'a')",
        "hello,64,false")]
    [InlineData("#r.encrypt('junk before\\n' .. U .. 'after', 'a'), #r.encrypt(U:gsub('\\n', '\\r\\n'), 'a')", "64,64")]
    [InlineData("#r.decrypt(P, r.encrypt(U, ''), 'ignored password')", "0")]
    [InlineData("r.sign(crypto.base64_decode(P:match('\\n(M.-=)\\n')), 0, 'raw') == r.sign(P, 0, 'raw')", "true")]
    [InlineData("pcall(r.sign, P)", "false,bad argument #2 to '?' (number expected, got no value)")]
    [InlineData("pcall(r.verify, U, 6, 'x')", "false,bad argument #4 to '?' (string expected, got no value)")]
    [InlineData("pcall(r.decrypt, P, 'x', {})", "false,bad argument #3 to '?' (string expected, got table)")]
    [InlineData("select('#', r.encrypt('', 'a')), select('#', r.decrypt('', 'a')), select('#', r.sign('', 6, " +
        "''))", "0,0,0")]
    public void A_call_gives_what_v1112_gives(string expression, string expected) =>
        LibraryCall.ShouldGive(expression, expected, Keys);

    [Theory]
    [InlineData("r.encrypt(U, ('x'):rep(54))", "W/rs mbedtls_rsa_pkcs1_encrypt 4080")]
    [InlineData("r.encrypt('garbage', 'a')", "W/rs bad public key 3D62")]
    [InlineData("r.encrypt(P, 'a')", "W/rs bad public key 3D62")]
    [InlineData("r.encrypt(U:sub(1, -30), 'a')", "W/rs bad public key 3D62")]
    [InlineData("r.verify((U:gsub('A', '!', 1)), 6, 'x', 'x')", "W/rs bad public key 112C")]
    [InlineData("r.decrypt(P, 'short')", "W/rs data len NOT match expect 64 but 5")]
    [InlineData("r.decrypt(P, ('\\1'):rep(64))", "W/rs mbedtls_rsa_pkcs1_decrypt 4100")]
    [InlineData("r.decrypt(P, ('\\255'):rep(64))", "W/rs mbedtls_rsa_pkcs1_decrypt 4304")]
    [InlineData("r.decrypt(U, 'x')", "W/rs bad private key 3D00")]
    [InlineData("r.sign(U, 6, ('h'):rep(32))", "W/rs bad private key 3D00")]
    [InlineData("r.sign(P, 8, ('h'):rep(64))", "W/rs mbedtls_pk_sign 4080")]
    [InlineData("r.sign(P, 99, 'x')", "W/rs mbedtls_pk_sign 3E80")]
    [InlineData("r.sign(P, 0, '')", "W/rs mbedtls_pk_sign 3E80")]
    [InlineData("r.sign(P, 6, ('h'):rep(40))", "W/rs mbedtls_pk_sign 3E80")]
    public void A_refusal_has_its_log_line(string call, string line) =>
        LibraryCall.Run(Keys + call).Lines.ShouldContain(line);

    private static string With(string cipher) => $"{Keys} local K = [[{EncryptedKeys.Of(cipher)}\n]] ";

    [Theory]
    [InlineData("-aes128 -traditional")]
    [InlineData("-aes256 -traditional")]
    [InlineData("-des3 -traditional")]
    [InlineData("-v2 des3 -v2prf hmacWithSHA1")]
    [InlineData("-v2 des3 -v2prf hmacWithSHA224")]
    public void An_encrypted_key_is_opened_with_its_password(string cipher) => LibraryCall.Run(
        With(cipher) + "print('same', r.sign(K, 0, 'raw', 'secret') == r.sign(P, 0, 'raw'))" +
        "print('is', r.decrypt(K, r.encrypt(U, 'hello'), 'secret'))", 4)
        .Lines.Where(line => line is "same\ttrue" or "is\thello").Count().ShouldBe(2);

    [Theory]
    [InlineData("-aes128 -traditional", "'wrong'", "3B80")]
    [InlineData("-aes128 -traditional", "nil", "3B80")]
    [InlineData("-v2 des3 -v2prf hmacWithSHA1", "'wrong'", "3B80")]
    [InlineData("-v2 des3 -v2prf hmacWithSHA1", "nil", "3C00")]
    [InlineData("-v2 aes-256-cbc", "'secret'", "2E80")]
    public void A_key_that_stays_closed_has_its_error(string cipher, string password, string error) =>
        LibraryCall.Run($"{With(cipher)} r.sign(K, 6, ('h'):rep(32), {password})").Lines
            .ShouldContain("W/rs bad private key " + error);

    [Theory]
    [InlineData("DEK%-Info: AES%-128%-CBC,", "DEK-Info: AES-128-CFB,", "1280")]
    [InlineData("DEK%-Info: AES%-128", "DEK-Info: XAES-128", "1280")]
    [InlineData("CBC,..", "CBC,XY", "1200")]
    [InlineData("CBC,..", "CBC,AABB", "1100")]
    [InlineData("4,ENCRYPTED", "4,ENCRYPTED ", "1100")]
    [InlineData("KEY%-%-%-%-%-\\n", "KEY-----\\n\\n", "112C")]
    [InlineData("KEY%-%-%-%-%-\\n", "KEY-----\\r \\n", "3D00")]
    [InlineData("gFrP", "", "0022")]
    [InlineData("gFrP", "!FrP", "112C")]
    [InlineData("RSA PRIVATE", "PRIVATE", "1300")]
    public void A_damaged_head_of_an_encrypted_key_has_its_error(string text, string instead, string error) =>
        LibraryCall.Run($"{With("-aes128 -traditional")} r.sign((K:gsub('{text}', '{instead}')), 0, 'x', 'secret')")
            .Lines.ShouldContain("W/rs bad private key " + error);

    [Fact]
    public void A_password_takes_the_time_of_its_hashes() => LibraryCall.Run(
        With("-v2 des3 -v2prf hmacWithSHA1") +
        "local a = mcu.ticks() r.sign(K, 0, 'x', 'secret') print('took', (mcu.ticks() - a) // 100)", 4)
        .Lines.ShouldContain("took\t7"); // 2,048 rounds for each of two parts of the key

    [Theory]
    [InlineData("K", "a key encrypted as in PKCS #12")]
    public void Keys_that_are_not_modelled_fail_by_name(string key, string name) =>
        LibraryCall.Run($"{With("-v1 PBE-SHA1-3DES")} r.sign(({key}), 6, 'x', 'secret')").NotModelled.Single()
            .Function.ShouldBe("rsa.sign with " + name);

    /// <summary>The heap that a call keeps: what mbedTLS, built for 32 bits, did not free.</summary>
    [Theory]
    [InlineData("r.verify(U, 6, ('h'):rep(32), r.sign(P, 6, ('h'):rep(32)))", 388)]
    [InlineData("r.verify(U, 6, ('h'):rep(32), 'x')", 248)]
    [InlineData("r.verify('', 6, 'x', 'x')", 0)]
    [InlineData("r.encrypt(U, 'x')", 0)]
    public void Verify_keeps_its_key_on_the_heap(string call, int bytes) => LibraryCall.ShouldGive(
        $"(function() local _, a = rtos.meminfo('sys') {call} local _, b = rtos.meminfo('sys') return b - a end)()",
        $"{bytes}", Keys);

    [Fact]
    public void An_empty_hash_is_noticed() =>
        LibraryCall.Run(Keys + "r.sign(P, 6, '')").Notices.ShouldHaveSingleItem().ShouldContain("32 bytes of an " +
            "empty hash");

    [Fact]
    public void A_signature_takes_time() => LibraryCall.ShouldGive(
        "(function() local a = mcu.ticks() r.sign(P, 6, ('h'):rep(32)) return mcu.ticks() - a end)()", "23", Keys);
}
