namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Ciphers;

/// <summary>
/// <c>rsa</c> with keys of elliptic curves: what V1112's binding and mbedTLS 2.28.2, built for 32 bits, give.
/// </summary>
public sealed class EcKeyTests
{
    private const string Curve = "secp256r1";

    /// <summary>A key in DER.</summary>
    private const string Decoded =
        "local function D(pem) return crypto.base64_decode((pem:match('\\n(.-)\\n%-'))) end ";

    public static TheoryData<string> Curves => [.. EcKeys.All.Keys];

    [Theory]
    [MemberData(nameof(Curves))]
    public void A_signature_of_mbedtls_and_one_of_our_own_are_true(string curve) => LibraryCall.ShouldGive(
        "r.verify(U, 6, h, S), r.verify(U, 6, h, S:sub(1, -2)), r.verify(U, 6, h:upper(), S), " +
        "r.verify(U, 6, h, r.sign(P, 6, h)), r.sign(P, 6, h) == r.sign(P, 6, h)",
        "true,false,false,true,false", EcKeys.Lua(curve), 60);

    [Theory]
    [InlineData("r.verify(U, 99, h, S), r.verify(U, 6, 'x', S), r.verify(U, 6, h, ''), r.verify(U, 6, h, S .. 'x')",
        "false,false,false,false")]
    [InlineData("r.verify(U, 0, h, S), r.verify(U, 0, h .. 'more', S), r.verify(U, 0, 'x', r.sign(P, 0, 'x'))",
        "true,true,true")]
    [InlineData("select('#', r.encrypt(U, 'x')), select('#', r.decrypt(P, h)), select('#', r.sign(P, 99, h))",
        "0,0,0")]
    [InlineData("r.sign(P:gsub('\\n', '\\r\\n'), 6, h):byte(), r.sign('junk\\n' .. P, 6, h, 'password'):byte()",
        "48,48")]
    [InlineData("r.verify(U, 6, h, r.sign(D(P), 6, h)), r.verify(U, 6, h, r.sign(D(P), 6, h, 'password'))",
        "true,true")]
    public void A_call_gives_what_v1112_gives(string expression, string expected) =>
        LibraryCall.ShouldGive(expression, expected, EcKeys.Lua(Curve) + Decoded, 10);

    [Theory]
    [InlineData("r.encrypt(U, 'x')", "mbedtls_rsa_pkcs1_encrypt 3F00")]
    [InlineData("r.decrypt(P, h)", "mbedtls_rsa_pkcs1_decrypt 3F00")]
    [InlineData("r.decrypt(P, 'x')", "data len NOT match expect 32 but 1")]
    [InlineData("r.sign(P, 6, 'x')", "mbedtls_pk_sign 3E80")]
    [InlineData("r.sign(U, 6, h)", "bad private key 3D00")]
    [InlineData("r.verify(P, 6, h, S)", "bad public key 3D62")]
    [InlineData("r.verify(D(U), 6, h, S)", "bad public key 3B66")]
    [InlineData("r.verify('', 6, h, S)", "bad public key 3D62")]
    [InlineData("r.verify('0', 6, h, S)", "bad public key 3B60")]
    [InlineData("r.verify('0\\x85', 6, h, S)", "bad public key 3B64")]
    [InlineData("r.sign(D(P):sub(1, 100), 6, h)", "bad private key 3D00")]
    public void A_refusal_has_its_log_line(string call, string line) =>
        LibraryCall.Run(EcKeys.Lua(Curve) + Decoded + call, 2).Lines.ShouldContain("W/rs " + line);

    /// <summary>Bytes of the key are others: the version, the number, the name of the curve, the point.</summary>
    [Theory]
    [InlineData("P", 5, "02", "bad private key 3D80")]
    [InlineData("P", 8, "0000000000000000000000000000000000000000000000000000000000000000", "bad private key 4C80")]
    [InlineData("P", 8, "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", "bad private key 4C80")]
    [InlineData("P", 51, "06", "bad private key 3A00")]
    [InlineData("P", 120, "00", "bad private key 3D00")]
    [InlineData("U", 13, "00", "bad public key 3C80")]
    [InlineData("U", 23, "06", "bad public key 3A00")]
    [InlineData("U", 27, "05", "bad public key 4E80")]
    [InlineData("U", 90, "00", "bad public key 4C80")]
    public void A_damaged_key_has_its_error(string key, int at, string bytes, string line) => LibraryCall.Run(
        EcKeys.Lua(Curve) +
        "local function damaged(pem, at, hex) local head, body, tail = pem:match('^(.-\\n)(.-)(\\n.*)$') " +
        "local der, new = crypto.base64_decode(body), hex:fromHex() " +
        "return head .. crypto.base64_encode(der:sub(1, at - 1) .. new .. der:sub(at + #new)) .. tail end " +
        (key == "P" ? "r.sign(" : "r.verify(") + $"damaged({key}, {at}, '{bytes}'), 6, h, S)")
        .Lines.ShouldContain("W/rs " + line);

    [Fact]
    public void Verify_keeps_its_key_on_the_heap() => LibraryCall.ShouldGive(
        "(function() local _, a = rtos.meminfo('sys') r.verify(U, 6, h, S) local _, b = rtos.meminfo('sys') " +
        "return b - a end)()", "244", EcKeys.Lua(Curve), 2);
}
