namespace AirHil.VirtualModem.Firmware.Libraries.Ciphers;

/// <summary>
/// The cipher context of mbedtls that crypto.cipher_encrypt and cipher_decrypt drive with one block after the other
/// (L:components/mbedtls/library/cipher.c).
/// </summary>
internal sealed class CipherStream : IDisposable
{
    private const int LongestInitial = 16;

    private readonly CipherForm _form;
    private readonly IBlockCipher _cipher;
    private readonly CipherPadding _padding;
    private readonly bool _encrypts;
    private readonly byte[] _vector;

    /// <summary>CBC keeps back what does not fill a block, and at decryption the last block.</summary>
    private readonly List<byte> _waiting = [];

    /// <param name="form">The cipher.</param>
    /// <param name="key">As many bytes as the form takes.</param>
    /// <param name="encrypts">The direction.</param>
    /// <param name="padding">For CBC; the other modes have none.</param>
    public CipherStream(CipherForm form, byte[] key, bool encrypts, CipherPadding padding)
    {
        _form = form;
        _cipher = form.Open(key);
        _encrypts = encrypts;
        _padding = padding;
        _vector = new byte[form.BlockBytes];
    }

    /// <summary>The first value of CBC or CTR; the first bytes of one that is too long.</summary>
    public CipherError SetInitial(ReadOnlySpan<byte> value)
    {
        if (value.Length > LongestInitial) return CipherError.FeatureUnavailable;
        if (_form.TakesAnyInitial) return CipherError.None;
        if (value.Length < _form.InitialBytes) return CipherError.BadInput;
        value[.._form.InitialBytes].CopyTo(_vector);
        return CipherError.None;
    }

    /// <summary>Takes up to one block.</summary>
    /// <param name="input">The bytes.</param>
    /// <param name="output">Receives what is ready.</param>
    public CipherError Update(ReadOnlySpan<byte> input, List<byte> output)
    {
        switch (_form.Mode)
        {
            case CipherMode.Ecb:
                if (input.Length != _form.BlockBytes) return CipherError.FullBlockExpected;
                output.AddRange(Block(input, _encrypts));
                return CipherError.None;
            case CipherMode.Cbc:
                UpdateChain(input, output);
                return CipherError.None;
            case CipherMode.Ctr:
                AddKeyStream(input, output);
                Count(_vector);
                return CipherError.None;
            case CipherMode.Gcm:
                // The firmware never starts the context, so the counter begins at 0 whatever the first value is.
                Count(_vector.AsSpan(12));
                AddKeyStream(input, output);
                return CipherError.None;
            default:
                return CipherError.FeatureUnavailable;
        }
    }

    /// <summary>Ends it.</summary>
    /// <param name="output">Receives what is left.</param>
    public CipherError Finish(List<byte> output)
    {
        switch (_form.Mode)
        {
            case CipherMode.Ccm:
                return CipherError.FeatureUnavailable;
            case CipherMode.Cbc when _encrypts:
                return FinishEncryption(output);
            case CipherMode.Cbc:
                return FinishDecryption(output);
            default:
                return CipherError.None;
        }
    }

    public void Dispose() => _cipher.Dispose();

    private CipherError FinishEncryption(List<byte> output)
    {
        if (_padding == CipherPadding.None)
        {
            return _waiting.Count == 0 ? CipherError.None : CipherError.FullBlockExpected;
        }

        var block = new byte[_form.BlockBytes];
        _waiting.CopyTo(block);
        _padding.Fill(block, _waiting.Count);
        output.AddRange(Chain(block));
        return CipherError.None;
    }

    private CipherError FinishDecryption(List<byte> output)
    {
        if (_waiting.Count != _form.BlockBytes)
        {
            return _padding == CipherPadding.None && _waiting.Count == 0
                ? CipherError.None
                : CipherError.FullBlockExpected;
        }

        var block = Chain([.. _waiting]);
        if (_padding.DataIn(block) is not { } count) return CipherError.InvalidPadding;
        output.AddRange(block.AsSpan(0, count));
        return CipherError.None;
    }

    private void UpdateChain(ReadOnlySpan<byte> input, List<byte> output)
    {
        _waiting.AddRange(input);
        var size = _form.BlockBytes;
        var kept = !_encrypts && _padding != CipherPadding.None ? 1 : 0;
        while (_waiting.Count >= size + kept)
        {
            output.AddRange(Chain([.. _waiting[..size]]));
            _waiting.RemoveRange(0, size);
        }
    }

    private byte[] Chain(byte[] block)
    {
        if (!_encrypts)
        {
            var plain = Block(block, encrypts: false);
            for (var i = 0; i < plain.Length; i++) plain[i] ^= _vector[i];
            block.CopyTo(_vector, 0);
            return plain;
        }

        for (var i = 0; i < block.Length; i++) block[i] ^= _vector[i];
        var result = Block(block, encrypts: true);
        result.CopyTo(_vector, 0);
        return result;
    }

    private void AddKeyStream(ReadOnlySpan<byte> input, List<byte> output)
    {
        var stream = Block(_vector, encrypts: true);
        for (var i = 0; i < input.Length; i++) output.Add((byte)(input[i] ^ stream[i]));
    }

    private byte[] Block(ReadOnlySpan<byte> block, bool encrypts)
    {
        var result = new byte[_form.BlockBytes];
        if (encrypts) _cipher.Encrypt(block, result);
        else _cipher.Decrypt(block, result);
        return result;
    }

    /// <summary>The next number, highest byte first.</summary>
    private static void Count(Span<byte> counter)
    {
        for (var i = counter.Length - 1; i >= 0 && ++counter[i] == 0; i--)
        {
        }
    }
}
