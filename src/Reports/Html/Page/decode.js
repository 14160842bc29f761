// Reads packs of events; EventPacker.cs has the same layout.

const utf8 = new TextDecoder();

function fromBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const raw = atob(text);
  const bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  return bytes;
}

async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

class PackReader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  number() {
    const bytes = this.bytes;
    let byte = bytes[this.at++];
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    let scale = 128;
    do {
      byte = bytes[this.at++];
      value += (byte & 0x7f) * scale;
      scale *= 128;
    } while (byte >= 0x80);
    return value;
  }

  signed() {
    return unzigzag(this.number());
  }

  text() {
    const length = this.number();
    this.at += length;
    return utf8.decode(this.bytes.subarray(this.at - length, this.at));
  }

  list(read) {
    const count = this.number();
    return Array.from({ length: count }, read);
  }

  pool() {
    const count = this.number();
    const offsets = new Uint32Array(count + 1);
    for (let i = 0; i < count; i++) offsets[i + 1] = offsets[i] + this.number();
    const start = this.at;
    this.at += offsets[count];
    return { offsets, bytes: this.bytes.subarray(start, this.at) };
  }
}

function unzigzag(value) {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

function readPack(bytes) {
  const reader = new PackReader(bytes);
  const count = reader.number();
  const pack = {
    count,
    kinds: reader.list(() => ({ lane: reader.number(), name: reader.text() })),
    modems: reader.list(() => reader.text()),
    moments: reader.list(() => reader.text()),
    texts: reader.pool(),
    payloads: reader.pool(),
    at: new Float64Array(count),
    kind: new Uint16Array(count),
    modem: new Uint16Array(count),
    moment: new Uint8Array(count),
    text: new Uint32Array(count),
    payload: new Int32Array(count),
    tick: new Float64Array(count),
  };
  let ticks = 0;
  for (let i = 0; i < count; i++) pack.at[i] = (ticks += reader.signed()) / 1e7;
  for (let i = 0; i < count; i++) pack.kind[i] = reader.number();
  for (let i = 0; i < count; i++) pack.modem[i] = reader.number();
  for (let i = 0; i < count; i++) pack.moment[i] = reader.number();
  let next = 0;
  for (let i = 0; i < count; i++) {
    const code = reader.number();
    pack.text[i] = code === 0 ? 0 : code === 1 ? ++next : code - 1;
  }
  next = 0;
  for (let i = 0; i < count; i++) {
    const code = reader.number();
    pack.payload[i] = code === 0 ? 0 : code === 1 ? -1 : code === 2 ? ++next : code - 2;
  }
  let tick = 0;
  for (let i = 0; i < count; i++) {
    const code = reader.number();
    pack.tick[i] = code === 0 ? NaN : (tick += unzigzag(code - 1)) / 1e7;
  }
  return pack;
}
