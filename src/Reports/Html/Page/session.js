// A session in memory: packs, one behind the other, and the few words that they share.

const LANES = ["rig", "power", "log", "uart", "network", "service", "vitals", "pin", "script", "bus"];

class Session {
  constructor(info) {
    this.title = info.title || "";
    this.hash = info.hash || "";
    this.startDate = info.startDate ?? null;
    this.length = info.length || 0;
    this.packs = [];
    this.starts = [];
    this.count = 0;
    this.kinds = [];
    this.kindPlaces = new Map();
    this.modems = [];
    // The events that the list shows: samples are for the curves.
    this.listed = new IndexList();
  }

  static async load(info) {
    const session = new Session(info);
    for (const name of info.packs || []) {
      const element = document.getElementById(name);
      session.append(readPack(await inflate(fromBase64(element.textContent))));
    }
    return session;
  }

  append(pack) {
    pack.kindMap = pack.kinds.map(kind => this.placeOfKind(kind));
    pack.modemMap = pack.modems.map(modem => this.placeOfModem(modem));
    const samples = pack.kinds.map(kind => LANES[kind.lane] === "vitals");
    for (let i = 0; i < pack.count; i++) if (!samples[pack.kind[i]]) this.listed.add(this.count + i);
    this.starts.push(this.count);
    this.packs.push(pack);
    this.count += pack.count;
    if (pack.count > 0) this.length = Math.max(this.length, pack.at[pack.count - 1]);
  }

  placeOfKind(kind) {
    const key = kind.lane + " " + kind.name;
    let place = this.kindPlaces.get(key);
    if (place === undefined) {
      this.kindPlaces.set(key, place = this.kinds.length);
      this.kinds.push({ lane: LANES[kind.lane] || "rig", name: kind.name });
    }
    return place;
  }

  placeOfModem(modem) {
    let place = this.modems.indexOf(modem);
    if (place < 0) this.modems.push(modem), place = this.modems.length - 1;
    return place;
  }

  packOf(index) {
    let low = 0, high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= index) low = middle; else high = middle - 1;
    }
    return low;
  }

  at(index) {
    const p = this.packOf(index);
    return this.packs[p].at[index - this.starts[p]];
  }

  // Everything about one event, for eyes.
  event(index) {
    const p = this.packOf(index);
    const pack = this.packs[p];
    const i = index - this.starts[p];
    const kind = this.kinds[pack.kindMap[pack.kind[i]]];
    return {
      index,
      at: pack.at[i],
      lane: kind.lane,
      kind: kind.name,
      modem: pack.modems[pack.modem[i]],
      moment: pack.moment[i] === 0 ? "" : pack.moments[pack.moment[i] - 1],
      text: textOf(pack, i),
      bytes: payloadOf(pack, i),
      tick: pack.tick[i],
    };
  }

  // The indexes of all events of a kind.
  ofKind(name) {
    const found = [];
    this.packs.forEach((pack, p) => {
      const kinds = pack.kinds.map(kind => kind.name === name);
      if (!kinds.includes(true)) return;
      for (let i = 0; i < pack.count; i++) if (kinds[pack.kind[i]]) found.push(this.starts[p] + i);
    });
    return found;
  }

  // One line of text: what the event says, or its bytes as ASCII.
  line(index, limit = 300) {
    const p = this.packOf(index);
    const pack = this.packs[p];
    const i = index - this.starts[p];
    const text = textOf(pack, i);
    if (pack.kinds[pack.kind[i]].name === "fault.end") return visible("end of " + text, limit);
    return visible(text || asciiOf(payloadOf(pack, i).subarray(0, limit)), limit);
  }

  // The index of the first event at that time or later.
  firstAt(time) {
    let low = 0, high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.at(middle) < time) low = middle + 1; else high = middle;
    }
    return low;
  }

  // Indexes of all events that show the words, in any case: in kind, text or bytes. "0x0d0a" looks for bytes.
  search(words) {
    const needle = needleOf(words);
    const found = new IndexList();
    if (needle.bytes.length === 0) return found;
    for (let p = 0; p < this.packs.length; p++) {
      const pack = this.packs[p];
      const texts = needle.isHex ? null : scanPool(pack.texts, needle.bytes, true);
      const payloads = scanPool(pack.payloads, needle.bytes, !needle.isHex);
      const kinds = pack.kinds.map(kind => !needle.isHex && kind.name.toLowerCase().includes(needle.words));
      const moments = pack.moments.map(name => !needle.isHex && name.toLowerCase().includes(needle.words));
      const ownTexts = needle.isHex ? scanPool(pack.texts, needle.bytes, false) : null;
      for (let i = 0; i < pack.count; i++) {
        const text = pack.text[i], payload = pack.payload[i], moment = pack.moment[i];
        if (kinds[pack.kind[i]] || (text > 0 && texts !== null && texts[text] === 1)
          || (payload > 0 && payloads[payload] === 1)
          || (payload === -1 && ownTexts !== null && ownTexts[text] === 1)
          || (moment > 0 && moments[moment - 1])) found.add(this.starts[p] + i);
      }
    }
    return found;
  }
}

class IndexList {
  constructor() {
    this.items = new Uint32Array(64);
    this.count = 0;
  }

  add(index) {
    if (this.count === this.items.length) {
      const more = new Uint32Array(this.count * 2);
      more.set(this.items);
      this.items = more;
    }
    this.items[this.count++] = index;
  }

  // The place of the first entry that is not below the index.
  placeOf(index) {
    let low = 0, high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.items[middle] < index) low = middle + 1; else high = middle;
    }
    return low;
  }
}

function poolEntry(pool, place) {
  return pool.bytes.subarray(pool.offsets[place - 1], pool.offsets[place]);
}

function textOf(pack, i) {
  return pack.text[i] === 0 ? "" : utf8.decode(poolEntry(pack.texts, pack.text[i]));
}

function payloadOf(pack, i) {
  const payload = pack.payload[i];
  if (payload === 0) return new Uint8Array(0);
  return payload < 0 ? poolEntry(pack.texts, pack.text[i]) : poolEntry(pack.payloads, payload);
}

function firstByteOf(pack, i) {
  return pack.text[i] === 0 ? 0 : pack.texts.bytes[pack.texts.offsets[pack.text[i] - 1]];
}

function needleOf(words) {
  const hex = /^0x((?:[0-9a-f]{2}\s*)+)$/i.exec(words.trim());
  if (hex) {
    const digits = hex[1].replace(/\s+/g, "");
    return { isHex: true, words, bytes: Uint8Array.from(digits.match(/../g), pair => parseInt(pair, 16)) };
  }
  const low = words.toLowerCase();
  return { isHex: false, words: low, bytes: new TextEncoder().encode(low) };
}

const FOLD = Uint8Array.from({ length: 256 }, (_, byte) => byte >= 65 && byte <= 90 ? byte + 32 : byte);

// Which entries of a pool hold the bytes: entry n is at place n + 1.
function scanPool(pool, needle, folds) {
  const { offsets, bytes } = pool;
  const hits = new Uint8Array(offsets.length);
  const first = needle[0], last = bytes.length - needle.length;
  let entry = 0;
  for (let i = 0; i <= last; i++) {
    const byte = bytes[i];
    if ((folds ? FOLD[byte] : byte) !== first) continue;
    let k = 1;
    while (k < needle.length && (folds ? FOLD[bytes[i + k]] : bytes[i + k]) === needle[k]) k++;
    if (k < needle.length) continue;
    while (offsets[entry + 1] <= i) entry++;
    if (i + needle.length > offsets[entry + 1]) continue;
    hits[entry + 1] = 1;
    i = offsets[entry + 1] - 1;
  }
  return hits;
}

const CONTROL = { "\r": "\\r", "\n": "\\n", "\t": "  " };

function visible(text, limit) {
  const cut = text.length > limit ? text.slice(0, limit) + "…" : text;
  return cut.replace(/[\u0000-\u001f\u007f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, c =>
    CONTROL[c] ?? "\\x" + c.charCodeAt(0).toString(16).padStart(2, "0"));
}

function asciiOf(bytes) {
  let text = "";
  for (const byte of bytes) {
    text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte)
      : byte === 13 ? "\r" : byte === 10 ? "\n" : byte === 9 ? "\t" : "·";
  }
  return text;
}

// Hex and ASCII side by side, sixteen bytes a line.
function hexDump(bytes, limit = 4096) {
  const lines = [];
  const shown = bytes.subarray(0, limit);
  for (let i = 0; i < shown.length; i += 16) {
    const row = shown.subarray(i, i + 16);
    const hex = Array.from(row, byte => byte.toString(16).padStart(2, "0")).join(" ");
    lines.push(i.toString(16).padStart(4, "0") + "  " + hex.padEnd(48) + " "
      + Array.from(row, byte => byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·").join(""));
  }
  if (bytes.length > limit) lines.push(`… ${bytes.length - limit} bytes more`);
  return lines.join("\n");
}

// ---- times ----

function clock(seconds, precise = true) {
  const sign = seconds < 0 ? "−" : "";
  const s = Math.abs(seconds);
  const hours = Math.floor(s / 3600), minutes = Math.floor(s / 60) % 60;
  const rest = s % 60;
  const digits = precise ? 6 : 3;
  const text = rest.toFixed(digits);
  if (hours > 0) return `${sign}${hours}:${String(minutes).padStart(2, "0")}:${text.padStart(digits + 3, "0")}`;
  if (minutes > 0) return `${sign}${minutes}:${text.padStart(digits + 3, "0")}`;
  return `${sign}${text} s`;
}

function span(seconds) {
  const s = Math.abs(seconds);
  if (s === 0) return "0 s";
  if (s < 1e-3) return (s * 1e6).toPrecision(3) + " µs";
  if (s < 1) return trim((s * 1e3).toPrecision(4)) + " ms";
  if (s < 100) return trim(s.toPrecision(4)) + " s";
  if (s < 3600) return `${Math.floor(s / 60)} min ${Math.round(s % 60)} s`;
  return `${Math.floor(s / 3600)} h ${Math.round(s / 60) % 60} min`;
}

function trim(number) {
  return number.includes(".") ? number.replace(/\.?0+$/, "") : number;
}
