// What the timeline draws, derived from the events once, and further as more come.

// Classes of points, from the least to the most important: a column of pixels shows its most important one.
const PLAIN = 0, GOOD = 1, NOTE = 2, BAD = 3;

class Points {
  constructor() {
    this.count = 0;
    this.t = new Float64Array(128);
    this.event = new Uint32Array(128);
    this.cls = new Uint8Array(128);
    this.sums = [];
    this.summed = 0;
  }

  add(t, event, cls) {
    if (this.count === this.t.length) {
      this.t = grown(this.t);
      this.event = grown(this.event);
      this.cls = grown(this.cls);
    }
    // A board dates its lines by their tick, so they may come a little out of order.
    let i = this.count++;
    for (; i > 0 && this.t[i - 1] > t; i--) {
      this.t[i] = this.t[i - 1];
      this.event[i] = this.event[i - 1];
      this.cls[i] = this.cls[i - 1];
    }
    this.t[i] = t;
    this.event[i] = event;
    this.cls[i] = cls;
    if (i < this.summed) this.summed = i;
  }

  // The place of the first point at that time or later, looked for from a place on.
  place(time, from = 0) {
    let low = from, high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.t[middle] < time) low = middle + 1; else high = middle;
    }
    return low;
  }

  // Sums of each class, so that what is worst between two places costs three subtractions.
  prepare() {
    if (this.sums.length === 0 || this.sums[0].length < this.count + 1) {
      const size = Math.max(256, this.t.length + 1);
      this.sums = [GOOD, NOTE, BAD].map((_, i) => {
        const more = new Uint32Array(size);
        if (this.sums[i]) more.set(this.sums[i]);
        return more;
      });
    }
    for (let i = this.summed; i < this.count; i++) {
      for (let c = 0; c < 3; c++) this.sums[c][i + 1] = this.sums[c][i] + (this.cls[i] === c + 1 ? 1 : 0);
    }
    this.summed = this.count;
  }

  worst(from, to) {
    for (let c = 2; c >= 0; c--) if (this.sums[c][to] > this.sums[c][from]) return c + 1;
    return PLAIN;
  }
}

function grown(array) {
  const more = new array.constructor(array.length * 2);
  more.set(array);
  return more;
}

// A curve; above its values stand maxima of sixteen, of sixteen times sixteen, and so on.
class Curve {
  constructor() {
    this.points = new Points();
    this.value = new Float64Array(128);
    this.levels = [];
    this.levelled = -1;
  }

  add(t, event, value) {
    const place = this.points.count;
    if (place === this.value.length) this.value = grown(this.value);
    this.points.add(t, event, PLAIN);
    this.value[place] = value;
  }

  prepare() {
    if (this.levelled === this.points.count) return;
    this.levelled = this.points.count;
    this.levels = [];
    let below = this.value.subarray(0, this.points.count);
    while (below.length > 16) {
      const next = new Float64Array(Math.ceil(below.length / 16));
      for (let i = 0; i < below.length; i++) {
        const up = i >> 4;
        if (i % 16 === 0 || below[i] > next[up]) next[up] = below[i];
      }
      this.levels.push(next);
      below = next;
    }
  }

  max(from, to) {
    let best = -Infinity;
    while (from < to) {
      let level = -1, size = 1;
      while (level + 1 < this.levels.length && from % (size * 16) === 0 && from + size * 16 <= to) {
        level++;
        size *= 16;
      }
      best = Math.max(best, level < 0 ? this.value[from] : this.levels[level][from / size]);
      from += size;
    }
    return best;
  }
}

const MOST_ROWS = 4;

// What a client sends, where the name does not end in ".in".
const FROM_MODULE = new Set([
  "ws.upgrade", "ws.gone", "tcp.gone", "service.gone", "http.request", "http.violation", "ftp.command", "ftp.stored",
]);

// Protocols with a lane of their own, by how the names of their events begin.
const PROTOCOLS = { mqtt: "MQTT", http: "HTTP", ftp: "FTP", tcp: "TCP service" };

function frameKind(name) {
  const isUp = name.endsWith(".in") || FROM_MODULE.has(name);
  const cls = /refused|violation|withheld|gone|limit|nobody|forget|half|fin$|\.cut|dropped/.test(name) ? BAD
    : /ping|pong|close|disconnect/.test(name) ? NOTE
    : /upgrade|open|accept|connect|connack/.test(name) ? GOOD : PLAIN;
  return { row: isUp ? 0 : 1, cls };
}

// The numbers of "name=number name=number", read from the bytes: a session may have a million of them.
function numbersOf(bytes, values) {
  let i = 0;
  while (i < bytes.length) {
    let key = 0;
    for (; i < bytes.length && bytes[i] !== 61; i++) key = (key * 31 + bytes[i]) >>> 0;
    let value = 0, scale = 0;
    for (i++; i < bytes.length && bytes[i] !== 32; i++) {
      if (bytes[i] === 46) scale = 1;
      else if (bytes[i] >= 48 && bytes[i] <= 57) value = value * 10 + bytes[i] - 48, scale *= 10;
    }
    i++;
    const place = VITALS.get(key);
    if (place !== undefined) values[place] = scale > 1 ? value / scale : value;
  }
}

const VITALS = new Map(["heap", "peak", "limit", "sys", "systotal", "cpu", "wdt", "wdtfull"].map((name, place) =>
  [[...name].reduce((key, c) => (key * 31 + c.charCodeAt(0)) >>> 0, 0), place]));

class Lanes {
  constructor(session, modem) {
    this.session = session;
    this.modem = modem;
    this.done = 0;
    this.frameKinds = new Map();
    this.values = new Float64Array(VITALS.size);
    this.power = { spans: [], points: new Points() };
    this.sleep = { spans: [], points: new Points() };
    this.registration = { spans: [], points: new Points() };
    this.network = { spans: [], points: new Points() };
    this.faults = [];
    this.links = { spans: [], points: new Points(), busy: [] };
    this.frames = [new Points(), new Points()];
    this.protocols = Object.fromEntries(Object.keys(PROTOCOLS).map(word => [word, [new Points(), new Points()]]));
    this.sms = [new Points(), new Points()];
    this.uart = [new Points(), new Points()];
    this.buses = new Points();
    this.pins = { spans: [], points: new Points(), rows: new Map() };
    this.log = new Points();
    this.rig = new Points();
    this.watchdog = { curve: new Curve(), full: 0, bites: new Points() };
    this.cpu = { curve: new Curve(), full: 1 };
    this.heap = { curve: new Curve(), peak: new Curve(), limit: 0 };
    this.system = { curve: new Curve(), limit: 0 };
    this.open = { faults: [], queries: [], links: new Map() };
    this.update();
  }

  update() {
    const { session } = this;
    for (let p = 0; p < session.packs.length; p++) {
      const start = session.starts[p], pack = session.packs[p];
      if (start + pack.count <= this.done) continue;
      for (let i = Math.max(0, this.done - start); i < pack.count; i++) this.take(pack, i, start + i);
    }
    this.done = session.count;
  }

  take(pack, i, index) {
    const modem = pack.modems[pack.modem[i]];
    if (this.modem !== null && modem !== "" && modem !== this.modem) return;
    const t = pack.at[i];
    const kind = pack.kinds[pack.kind[i]];
    switch (LANES[kind.lane]) {
      case "log": return this.takeLog(pack, i, index, t);
      case "uart": return this.takeUart(kind.name, index, t);
      case "pin": return this.takePin(kind.name, textOf(pack, i), index, t);
      case "bus":
        return this.buses.add(t, index, kind.name === "device" ? NOTE : /nack|timeout/.test(kind.name) ? BAD : PLAIN);
      case "service": return this.takeService(kind.name, index, t);
      case "network": return this.takeNetwork(kind.name, pack, i, index, t);
      case "vitals": return this.takeVitals(pack, i, index, t);
      case "power": return this.takePower(kind.name, textOf(pack, i), index, t);
      default: return this.takeRig(kind.name, pack, i, index, t);
    }
  }

  takeLog(pack, i, index, t) {
    const level = firstByteOf(pack, i);
    const moment = pack.moment[i] === 0 ? "" : pack.moments[pack.moment[i] - 1];
    if (moment === "IpReady") this.register(t, index, GOOD, "registered");
    else if (moment === "IpLost") this.register(t, index, BAD, "searching");
    const bad = level === 69 || moment === "VmExit" || moment === "TaskError";
    this.log.add(t, index, bad ? BAD : level === 87 ? NOTE : level === 73 ? GOOD : PLAIN);
  }

  takeUart(name, index, t) {
    const isOut = name.endsWith(".tx");
    this.uart[isOut ? 0 : 1].add(t, index, name.endsWith(".errors") ? BAD : PLAIN);
  }

  // A stretch while the module holds the pin high; what the rig does is a point.
  takePin(name, text, index, t) {
    const { spans, points, rows } = this.pins;
    if (name.startsWith("analog.")) return points.add(t, index, NOTE);
    const pin = text.split(" ")[0];
    let row = rows.get(pin);
    if (!row) rows.set(pin, row = { place: rows.size, high: null });
    points.add(t, index, name === "pin.shared" ? BAD : name.startsWith("pin.held.") ? NOTE : PLAIN);
    if (name.startsWith("pin.held.") || name === "pin.pwm" || name === "pin.shared") return;
    const cls = name === "pin.high" ? GOOD : name === "pin.pulses" ? NOTE : name === "pin.pullup" ? PLAIN : null;
    if (row.high && row.high.cls === cls) return;
    if (row.high) row.high.to = t;
    row.high = cls === null ? null : { from: t, to: null, cls, label: pin, event: index, row: row.place };
    if (row.high) spans.push(row.high);
  }

  takeService(name, index, t) {
    if (name.startsWith("udp.")) return this.links.points.add(t, index, PLAIN);
    let found = this.frameKinds.get(name);
    if (!found) this.frameKinds.set(name, found = frameKind(name));
    if (name.startsWith("service.")) return this.links.points.add(t, index, found.cls);
    (this.protocols[name.slice(0, name.indexOf("."))] ?? this.frames)[found.row].add(t, index, found.cls);
  }

  // A stretch while the module sleeps; what keeps it awake is a point.
  takeSleep(name, index, t) {
    const { spans, points } = this.sleep;
    const last = spans[spans.length - 1];
    points.add(t, index, name.startsWith("sleep.kept.") ? BAD : PLAIN);
    if (name.startsWith("sleep.kept.")) return;
    if (last && last.to === null) last.to = t;
    if (name === "sleep.awake") return;
    const deep = name !== "sleep.light";
    spans.push({ from: t, to: null, cls: deep ? NOTE : GOOD, label: deep ? "deep sleep" : "sleep", event: index });
  }

  takePower(name, text, index, t) {
    if (name.startsWith("sleep.")) return this.takeSleep(name, index, t);
    if (/^(usb|sim|disk)\./.test(name)) return this.power.points.add(t, index, NOTE);
    const asleep = this.sleep.spans[this.sleep.spans.length - 1];
    if (asleep && asleep.to === null && name !== "power.apply" && name !== "reset.pull") asleep.to = t;
    const { spans, points } = this.power;
    const on = spans.length > 0 && spans[spans.length - 1].to === null ? spans[spans.length - 1] : null;
    switch (name) {
      case "power.apply":
        if (!on) spans.push({ from: t, to: null, cls: GOOD, label: "on", event: index });
        points.add(t, index, GOOD);
        break;
      case "power.on":
        if (!on) spans.push({ from: t, to: null, cls: GOOD, label: "on", event: index });
        points.add(t, index, /Watchdog|Exception/.test(text) ? BAD : text === "Software" ? NOTE : GOOD);
        if (text === "Watchdog") this.watchdog.bites.add(t, index, BAD);
        this.abandon(t);
        this.register(t, index, NOTE, "starting");
        break;
      case "reset.pull":
        points.add(t, index, NOTE);
        break;
      default:
        if (on) on.to = t;
        points.add(t, index, name === "modem.lost" ? BAD : NOTE);
        this.abandon(t);
        this.register(t, index, null, "");
        break;
    }
  }

  register(t, index, cls, label) {
    const { spans, points } = this.registration;
    const last = spans[spans.length - 1];
    if (last && last.to === null) {
      if (last.label === label) return;
      last.to = t;
    }
    if (cls !== null) spans.push({ from: t, to: null, cls, label, event: index });
    points.add(t, index, cls ?? NOTE);
  }

  takeNetwork(name, pack, i, index, t) {
    if (name === "tcp.tx" || name === "tcp.rx") return this.links.points.add(t, index, PLAIN);
    if (name.startsWith("coverage.") || name === "radio") {
      const { spans, points } = this.network;
      const lost = name === "coverage.lost";
      const last = spans[spans.length - 1];
      if (lost) spans.push({ from: t, to: null, cls: BAD, label: "no coverage", event: index });
      else if (name === "coverage.found" && last && last.to === null) last.to = t;
      points.add(t, index, lost ? BAD : GOOD);
      return;
    }
    if (name.startsWith("sms.")) {
      const up = name === "sms.tx" || name === "sms.refused";
      return this.sms[up ? 0 : 1].add(t, index, /refused|lost/.test(name) ? BAD : name === "sms.given" ? NOTE : GOOD);
    }
    if (name.startsWith("dns.")) return this.takeDns(name, textOf(pack, i), index, t);
    if (name.startsWith("udp.")) return this.links.points.add(t, index, PLAIN);
    this.takeLink(name, textOf(pack, i), index, t);
  }

  takeDns(name, text, index, t) {
    const { queries } = this.open;
    this.links.points.add(t, index, name === "dns.nxdomain" ? BAD : name === "dns.answer" ? GOOD : PLAIN);
    if (name === "dns.query") {
      const again = queries.findIndex(q => q.host === text);
      if (again >= 0) this.close(queries.splice(again, 1)[0], t, BAD);
      const query = this.span(t, NOTE, "DNS " + text, index, "dns");
      query.host = text;
      queries.push(query);
    } else if (queries.length > 0) {
      const query = queries.shift();
      this.close(query, t, name === "dns.answer" ? NOTE : BAD);
      query.label += name === "dns.answer" ? " → " + text : " → no such name";
    }
  }

  takeLink(name, text, index, t) {
    const { links } = this.open;
    const number = /#\d+/.exec(text)?.[0];
    let link = number ? links.get(number) : undefined;
    const ends = /^tcp\.(close|abort|refused|timeout|abandoned|reset|limit)|^tcp\.closed|^tls\.failed/.test(name);
    const bad = /refused|timeout|abandoned|reset|rst|failed|hang|violation|full|abort|limit/.test(name);
    this.links.points.add(t, index, bad ? BAD : ends ? NOTE : /open/.test(name) ? GOOD : PLAIN);
    if (name === "tcp.open") {
      link = this.span(t, PLAIN, text, index, "tcp");
      if (number) links.set(number, link);
      return;
    }
    if (!link && name === "tls.failed") link = [...links.values()].findLast(l => l.tls && !l.tls.to);
    if (!link) return;
    if (name === "tcp.opened") link.opened = t;
    else if (name === "tls.start") link.tls = { from: t, to: null };
    else if (name === "tls.opened" && link.tls) link.tls.to = t;
    if (!ends) return;
    this.close(link, t, bad ? BAD : PLAIN);
    for (const [key, value] of links) if (value === link) links.delete(key);
  }

  // A span in the first free row of the connections' lane.
  span(t, cls, label, index, what) {
    const { spans, busy } = this.links;
    let row = 0;
    while (row < MOST_ROWS - 1 && busy[row] && (busy[row].to === null || busy[row].to > t)) row++;
    const made = { from: t, to: null, cls, label, event: index, what, row };
    busy[row] = made;
    spans.push(made);
    return made;
  }

  close(made, t, cls) {
    made.to = t;
    made.cls = Math.max(made.cls, cls);
  }

  // The module has started anew: it knows none of its connections.
  abandon(t) {
    for (const query of this.open.queries) this.close(query, t, BAD);
    for (const link of this.open.links.values()) this.close(link, t, PLAIN);
    this.open.queries = [];
    this.open.links.clear();
  }

  takeVitals(pack, i, index, t) {
    const values = this.values.fill(-1);
    if (pack.text[i] > 0) numbersOf(poolEntry(pack.texts, pack.text[i]), values);
    const [heap, peak, limit, system, systemTotal, cpu, watchdog, watchdogFull] = values;
    if (heap >= 0) this.heap.curve.add(t, index, heap);
    if (peak >= 0) this.heap.peak.add(t, index, peak);
    if (limit > 0) this.heap.limit = limit;
    if (system >= 0) this.system.curve.add(t, index, system);
    if (systemTotal > 0) this.system.limit = systemTotal;
    if (cpu >= 0) this.cpu.curve.add(t, index, cpu);
    if (watchdog >= 0) this.watchdog.curve.add(t, index, watchdog);
    if (watchdogFull > 0) this.watchdog.full = Math.max(this.watchdog.full, watchdogFull);
  }

  takeRig(name, pack, i, index, t) {
    const { faults } = this.open;
    if (name === "fault.begin") {
      const instant = pack.moment[i] > 0 && pack.moments[pack.moment[i] - 1] === "Instant";
      const fault = { from: t, to: instant ? t : null, cls: BAD, label: textOf(pack, i), event: index };
      this.faults.push(fault);
      if (!instant) faults.push(fault);
    } else if (name === "fault.end") {
      const label = textOf(pack, i);
      const at = faults.findIndex(fault => fault.label === label);
      if (at >= 0) faults.splice(at, 1)[0].to = t;
    }
    this.rig.add(t, index, /^fault/.test(name) ? BAD : /ignored|notice/.test(name) ? NOTE : PLAIN);
  }
}
