namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Ciphers;

/// <summary>
/// The key of <see cref="RsaLibraryTests"/> with the password "secret", made with OpenSSL 3.0: the names of the ciphers
/// as its options have them.
/// </summary>
internal static class EncryptedKeys
{
    public static string Of(string cipher) => cipher switch
    {
        "-aes128 -traditional" => OldAes128,
        "-aes256 -traditional" => OldAes256,
        "-des3 -traditional" => OldTripleDes,
        "-v2 des3 -v2prf hmacWithSHA1" => Sha1,
        "-v2 des3 -v2prf hmacWithSHA224" => Sha224,
        "-v2 aes-256-cbc" => Aes,
        "-v1 PBE-SHA1-3DES" => Pkcs12,
        _ => throw new ArgumentException(cipher, nameof(cipher)),
    };

    private const string OldAes128 =
        """
        -----BEGIN RSA PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-128-CBC,20B43536FD76273D99B1D95EBC2A4887

        gFrP9MEPqhr7P/cNZzex+ZaRmt3c3R4ymW3qvb6nAjkIixa/8M64W+SOdcfNx4uN
        28MOO8vsbfmqdmrQMM9TZiMkOAqseiDS9kM+6kCjxOFjt1rqyOU3mbKBiLcGNSkL
        R6MlIthr/vseOOD2gMD1n3auSw0XVzoRKs7McnL/ON5o0YL1zFEJs+DUwkYvsxXa
        Tzpej1/VKeq12J7yBjbtBB1Ab0ETb85+1x8aQ64QoKcfS4eoeW/qPJ03b3D+/gq6
        +yyTzYR17VYxTar4XQyEO82ZOBJAq+/lRD8FeGCpAj6nAiaL74PGsFyCkNO6R+KS
        ljnKwhkwu+32+rLd1MajR49E7SFbOFyRYnB+cuW6rxV2EtUWGhPWBlunx+JfwQ/x
        D4sSAO5yePR/AJGnp7V0jfL949BZF8Lyp5/Rg6D3QmSmwTWm307ZMQpW09GCOK/6
        -----END RSA PRIVATE KEY-----
        """;

    private const string OldAes256 =
        """
        -----BEGIN RSA PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-256-CBC,745F9A2C8E826F645B898651E44256D5

        U7WlYMJHtrJVuGs4vbaPo5UQdiXtCuNA/06CSPQqr6U6AxrwgRhcYGo+0DqxFmh6
        4l/UvvRNZqVz1KH3v7WLr0LMguwh8/lKZ/p1rver+C/AMN5m9fVltLWeGYPUFo9Q
        gYSVnaCx9apI6tiQSsMWpJmdIIuBDp2S8/ChX8wkmWiYtiaxG1NhkcfNlV2mUWtP
        d9mnnVbfG7QaVrWxAcwO4rjinwX3ibfRSlMjYBbPRg+KQW85DDMCUNLgdKmzFY1t
        9Q+7tvxFk85OK+P5IV0LJOoTxSHgv6o53cGar1y7hvMBT4MzhLZyMo9yvKXFWhCV
        f9coJCJ9lEdJQTenHWID/Jonj8yifTdbsMRB4UxB5K6Zg+zBAf4J9r85InzAom4k
        aZoUUrg3GpvdDEr1EPindI/clRK7U0kZYM8EISXFzHc3AFhBbb9Vc+pWMV0nMnlg
        -----END RSA PRIVATE KEY-----
        """;

    private const string OldTripleDes =
        """
        -----BEGIN RSA PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: DES-EDE3-CBC,CD32D4691E44EDD3

        iyjTjP5PgJyF2BRsK9s/UQAOZyJfYqolE8G5xnM/CqXeU4CAE2HAvqjwpvYt2Vok
        HeXJx8RHiIBndkwg9e4JhMh+6rEG515+kaq+niaVw9Cb4aIc4uUmFC5fd+NUlQcv
        Sc07pc2Nz+jxBTRfswjIL4pD8dmjIxbvLIeODoGs15QxiSlxWNBgJjyUpQWYiMPE
        VjjsCitiE/FqSnbZzxtV/4H9XRjdJV0lXmo+mT1thTT5bcZvHwbwYT1qy4TOJloq
        rqFVjjSpFpy4okpKhtkiO4B2QxsPzZdHo4GhOkD+L3ihQEwfS2t6orgFM79sLOyj
        Mf92iZx9gOHLjE40/2i9M6KR6kmyidEmQObrBaT6r/NJmdap7h+DSiQzOXUBxRD2
        7Iw7C2CBFTQ1tyS3YGB1M1//No4L3BADkLRoxec9p033BPKUNyIaeg==
        -----END RSA PRIVATE KEY-----
        """;

    private const string Sha1 =
        """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIIBpjBABgkqhkiG9w0BBQ0wMzAbBgkqhkiG9w0BBQwwDgQISJNuQ7mr6ZECAggA
        MBQGCCqGSIb3DQMHBAi/r43YXQtxigSCAWAqSLShzyGB3dKrpv7A02UJDlOTGzTS
        WMpTO3AAHYKJEZzEBaVcLh2LX+O2zxiDFml2qlIz4acEUBZGAKEN0vpuLn5ehO5R
        5fOvpZB2oU/SwPolquXawqR6eAJ7RDg6DTMZ3rqK1RTdD0cxsxeZYbJR/mHxSfbz
        c+KJerjf6chLkErDbkrocDYeal194+nUcFJZLe+WOORkT1LLMLRzT2wpnzMG5l05
        9npTBXzMZZeiT55j8Xs10Yf3iYeSSkB0f2CLzMUobpid0EoDX6WIswcsysSXwmV2
        LR5IFwVGBlnSCk1Rmni8zQvA5zF2lhBj0v6X/R6RnCSWRI+hgzX9q9c3zJo3RLOc
        ptDjOqFVX0KJiukCgg6zxx7PRRzMY4Tfbg94tUSGRsGIrOmlJ8ovayplER26l31T
        2okVOB3pcHMasfN+QSSbbSkJ6MSnU4NVWyyL+RGZa7NCyFm+lDYefGt2
        -----END ENCRYPTED PRIVATE KEY-----
        """;

    private const string Sha224 =
        """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIIBtDBOBgkqhkiG9w0BBQ0wQTApBgkqhkiG9w0BBQwwHAQIuVmSO6jg37MCAggA
        MAwGCCqGSIb3DQIIBQAwFAYIKoZIhvcNAwcECA0L3Rl1bPz6BIIBYP1K5t7L1zlK
        m2iQTqWsTF+XjCI4IFJQYEbya1qpYw54nZQIGZp7iAzRFXFBAV4cIm5RuJSm/05R
        MydIqLpHfcq8HxWzuUTzDb5r21/OLt3lZIsP0v3qFX3LVoF3MJIHYBbYvFOPYepQ
        1tePhGl/SEUAfI4zvbkz/5tLWrdIHIXSwiz2b2mcettt9ewBQSSQB+3btWExv21l
        weRjo4vjNJY0pa5nP1zKXLO3Sn5C5v6ROtVWgnKZHRRd69FZGGuqJoAGrVXbzLrU
        vF8FcCNNKzF3Gc/ei1qTQZa3kiMDJpzoWo1dpTeINWqi3FsGQIBmuMPaMe+zfFrX
        Y6mNYLVLrH+2fQkuSBDx+FofTOfUUOO4FwuE/Ny2DQ+0CwTmkIWocPCvYYqCy5Vs
        THoyW1NxXzWrSWDFGyaae0e9qJv6v91sKTQY/01BavIyM3VLUunL1nD0N4mOQ6dA
        U3gUToX7+EE=
        -----END ENCRYPTED PRIVATE KEY-----
        """;

    private const string Aes =
        """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIIBvTBXBgkqhkiG9w0BBQ0wSjApBgkqhkiG9w0BBQwwHAQIp2DHMiarKrkCAggA
        MAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUDBAEqBBByebVL1HxnW8TLiCURAdckBIIB
        YPfw6E5FqxhJFxUlv0mLhoNPx3Od2g0aBQE7+KQ0LhawpUmbuby8nWExy0bVCT3p
        xDJZ68wScLUvpyqkdbQKEgzO3ryiHUoVSDGBBDiMR+NBtitv1rY5EfLWkU1l0eH3
        5TRihijPdEp7oNFTLtv4t5ZuGPq7LyLgGuN47At3CFfOQvQFL0nsX2xc2xTeA++1
        bAuUa4q4oxmGP5u38j/XC5ZckGxyFJrriBtKnBXKgQOkgQTrUc3FQg23AL0s6CaL
        B8njQ4Rd3xgDTElsnCcgvdN43H7kUoqKukK6G16apcfkKrkh/8oUhqr/ziR1dQGG
        nHrh9M7FMrG8cXiHuXSIgz0VWzTfwaQHD4KHUFm2toq4s5mjwg4WODMnJ/E9ORyH
        5A9jjWx8ufvrlSZK9TM4yavotfOO73CzH/aFnH7KCeWbNKi+sk8HINfKlfsh367k
        DZL00jQbonDHwq0uBlHfs3U=
        -----END ENCRYPTED PRIVATE KEY-----
        """;

    private const string Pkcs12 =
        """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIIBgjAcBgoqhkiG9w0BDAEDMA4ECBtr1KLrrpShAgIIAASCAWDYhrLxKx50Yqgq
        6HbxCDGdH6C9WcOi9Q6RT1yBRujyvvR0tiHz3woHe4QTjLH9FWh5DzsJIqsGcjhS
        /c2/WNOW4LE6IweZg1f3XGE3M4Q/yT+2IX2ljoHBYxxJMiFzgMrmGHBn+aoEsaOK
        vw6mOoBLLyYkbktk9+yhiAnpxRQdAfeOWqOuS/QqTYNKiAjaIxP+uwZwcZzKinZE
        GASlF8Zzvy27WPxg1aH0lJQbEyB26hTdYtubF9PlAfK7x0JkHSOMOPv9y1FVbK9o
        MT/0bpNXXTAZ9TGKPsecwFj0XD/cCnEGCSO5lO+WAVjWERVoQY6DvvEnXKixxOHk
        W+g+UtL5hJZslUHs6KNdjRc99sIgLmdVgBJngqbGBsZMA6cWD3HWY+Lhnernrw5n
        ws/DrT5te5YPZrHcBCEM6LpQpY4w01IDR/Q0DhtBkgSUSEtyowZtJrOH2wfxoYpb
        GtRzBdQN
        -----END ENCRYPTED PRIVATE KEY-----
        """;
}
