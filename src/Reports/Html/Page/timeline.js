// The timeline: what part of a session is seen, and what the pointer and the keys do to it.

const GUTTER = 148, AXIS = 26, OVERVIEW = 20, SLIM = 20, LINK = 18, PIN = 14;

// Who follows a run from its beginning sees all of it until it is this long, in seconds; then the newest of it.
const FOLLOWED = 120;

// The stretch of time that is seen; sessions that are compared share one.
class View {
  constructor(length) {
    this.length = Math.max(length, 1e-3);
    this.from = 0;
    this.to = this.length;
    this.pointer = null;
    this.follows = false;
    this.watchers = [];
    this.fit();
  }

  changed() {
    for (const watch of this.watchers) watch();
  }

  grow(length) {
    if (length <= this.length) return;
    const width = this.to - this.from, sawAll = this.from <= 0 && this.to >= this.length;
    // Who has moved away from the newest does not follow it any longer.
    if (this.to < this.length) this.follows = false;
    this.length = length;
    if (sawAll && !(this.follows && width > FOLLOWED)) this.fit();
    else if (this.follows) this.show(length - width * 0.95, length + width * 0.05);
    else this.changed();
  }

  fit() {
    const margin = this.length * 0.01;
    this.show(-margin, this.length + margin);
  }

  show(from, to) {
    const widest = this.length * 1.02 + 1e-6;
    let width = Math.min(Math.max(to - from, 1e-6), widest);
    const middle = (from + to) / 2;
    from = middle - width / 2;
    const room = Math.max(width * 0.5, this.length * 0.01);
    from = Math.min(Math.max(from, -room), this.length + room - width);
    if (width >= this.length) from = Math.min(from, -(width - this.length) / 2), from = Math.max(from, -(width - this.length));
    this.from = from;
    this.to = from + width;
    this.changed();
  }

  zoom(factor, about = (this.from + this.to) / 2) {
    const width = (this.to - this.from) / factor;
    const share = (about - this.from) / (this.to - this.from);
    this.show(about - width * share, about + width * (1 - share));
  }

  pan(share) {
    const by = (this.to - this.from) * share;
    this.show(this.from + by, this.to + by);
  }

  // Brings a moment into sight, with something around it.
  reveal(time) {
    if (time >= this.from && time <= this.to) return this.changed();
    const half = (this.to - this.from) / 2;
    this.show(time - half, time + half);
  }
}

class Timeline {
  constructor(host, view, content, callbacks) {
    this.view = view;
    this.session = content.session;
    this.steps = content.steps || [];
    this.diverges = content.diverges ?? null;
    this.failedAt = content.failedAt ?? null;
    this.lanes = content.lanes;
    this.callbacks = callbacks;
    this.selected = -1;
    this.matches = null;
    this.measure = null;
    this.lane = 0;
    this.canvas = document.createElement("canvas");
    this.canvas.className = "timeline";
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "application");
    this.canvas.setAttribute("aria-roledescription", "timeline");
    this.canvas.setAttribute("aria-label", `Timeline of ${this.session.title || "the session"}: `
      + `${this.session.count} events in ${span(this.session.length)}. Arrow keys move, plus and minus zoom, `
      + "up and down choose a lane, comma and full stop go from event to event.");
    // What is in sight, for whoever automates the page.
    this.canvas.seen = () => ({ from: view.from, to: view.to, selected: this.selected });
    host.append(this.canvas);
    this.layout();
    this.listen();
    view.watchers.push(() => this.request());
    this.resizer = new ResizeObserver(() => this.request());
    this.resizer.observe(this.canvas);
    this.request();
  }

  dispose() {
    this.resizer.disconnect();
    this.gone = true;
  }

  layout() {
    const l = this.lanes;
    this.rows = [];
    let y = AXIS;
    // A lane in which nothing happened stays, but takes less room.
    const add = (id, label, height, more = {}) => {
      const empty = !more.isKept && !(more.spans?.length || more.points?.some(p => p.count > 0) || more.curve?.points.count);
      this.rows.push({ id, label, y, height: empty ? Math.min(height, SLIM) : height, empty, ...more });
      y += this.rows.at(-1).height + 1;
    };
    if (this.steps.some(step => step.from !== null && step.from !== undefined)) add("steps", "Steps", 24, { isKept: true });
    add("power", "Power", 20, { spans: l.power.spans, points: [l.power.points] });
    if (l.sleep.points.count > 0) add("sleep", "Sleep", 20, { spans: l.sleep.spans, points: [l.sleep.points] });
    add("registration", "Registration", 22, { spans: l.registration.spans, points: [l.registration.points] });
    add("network", "Network, faults", 32, {
      spans: l.network.spans, points: [l.network.points],
      isKept: l.faults.length > 0 || l.registration.spans.some(s => s.label === "registered"),
    });
    const used = l.links.spans.reduce((most, s) => Math.max(most, s.row + 1), 1);
    add("links", "DNS · TCP · TLS", 8 + used * LINK, { spans: l.links.spans, points: [l.links.points] });
    add("frames", "WebSocket", 44, { points: l.frames, sub: ["↑ sent", "↓ got"] });
    for (const [word, label] of Object.entries(PROTOCOLS)) {
      const points = l.protocols[word];
      if (points.some(p => p.count > 0)) add(word, label, 44, { points, sub: ["↑ sent", "↓ got"] });
    }
    if (l.sms.some(points => points.count > 0)) add("sms", "SMS", 44, { points: l.sms, sub: ["↑ sent", "↓ got"] });
    add("uart", "UART", 44, { points: l.uart, sub: ["↑ sent", "↓ got"] });
    if (l.pins.rows.size > 0) {
      add("pins", "Pins", 4 + l.pins.rows.size * PIN, { spans: l.pins.spans, points: [l.pins.points], isKept: true });
    }
    if (l.buses.count > 0) add("buses", "I²C · SPI", 24, { points: [l.buses] });
    add("watchdog", "Watchdog", 30, { points: [l.watchdog.bites], curve: l.watchdog.curve });
    add("cpu", "CPU", 32, { points: [], curve: l.cpu.curve });
    add("heap", "Lua heap", 42, { points: [], curve: l.heap.curve });
    add("log", "Log", 32, { points: [l.log] });
    add("rig", "Rig", 18, { points: [l.rig] });
    this.bottom = y;
    this.canvas.style.height = y + OVERVIEW + 6 + "px";
  }

  update() {
    this.lanes.update();
    this.layout();
    this.request();
  }

  request() {
    if (this.pending || this.gone) return;
    this.pending = true;
    requestAnimationFrame(() => {
      this.pending = false;
      if (!this.gone) draw(this);
    });
  }

  x(time) {
    return GUTTER + (time - this.view.from) / (this.view.to - this.view.from) * (this.width - GUTTER);
  }

  time(x) {
    return this.view.from + (x - GUTTER) / (this.width - GUTTER) * (this.view.to - this.view.from);
  }

  select(index, reveal = true) {
    this.selected = index;
    if (index >= 0 && reveal) this.view.reveal(this.session.at(index));
    this.request();
  }

  // What is under the pointer: an event, a stretch, a step.
  hit(x, y) {
    const row = this.rows.find(r => y >= r.y && y < r.y + r.height);
    if (!row || x < GUTTER) return null;
    const t = this.time(x), reach = 5 * (this.view.to - this.view.from) / (this.width - GUTTER);
    if (row.id === "steps") {
      const step = this.steps.findLast(s => s.from !== null && t >= s.from - reach && t <= s.to + reach);
      return step ? { row, step, t } : null;
    }
    const part = row.sub ? Math.min(row.points.length - 1, Math.floor((y - row.y) / (row.height / row.sub.length))) : 0;
    let best = nearest(row.points?.[part] ?? null, t, reach);
    if (best < 0 && row.curve) best = nearest(row.curve.points, t, Infinity);
    if (row.id === "network") {
      const fault = this.lanes.faults.findLast(f => t >= f.from - reach && t <= (f.to ?? Infinity) + reach);
      if (fault) return { row, stretch: fault, fault: true, event: fault.event, t };
    }
    let stretch = null;
    if (row.spans) {
      const line = row.id === "links" ? Math.floor((y - row.y - 4) / LINK)
        : row.id === "pins" ? Math.floor((y - row.y - 2) / PIN) : null;
      stretch = row.spans.findLast(s => t >= s.from - reach && t <= (s.to ?? Infinity) + reach
        && (line === null || s.row === line)) ?? null;
    }
    if (best < 0 && !stretch) return null;
    return { row, event: best >= 0 ? best : stretch.event, stretch, t };
  }

  listen() {
    const { canvas, view } = this;
    let drag = null;
    canvas.addEventListener("wheel", e => {
      e.preventDefault();
      const x = e.offsetX;
      if (e.shiftKey || Math.abs(e.deltaX) > Math.abs(e.deltaY)) view.pan((e.deltaX || e.deltaY) / 800);
      else view.zoom(Math.exp(-e.deltaY * (e.deltaMode === 1 ? 0.05 : 0.0016)), this.time(Math.max(x, GUTTER)));
    }, { passive: false });
    canvas.addEventListener("pointerdown", e => {
      canvas.focus({ preventScroll: true });
      const isOverview = e.offsetY > this.bottom;
      drag = { x: e.offsetX, from: view.from, to: view.to, moved: false, measures: e.shiftKey, isOverview };
      if (drag.measures) this.measure = { from: this.time(e.offsetX), to: this.time(e.offsetX) };
      if (isOverview) this.jump(e.offsetX);
      canvas.setPointerCapture(e.pointerId);
    });
    canvas.addEventListener("pointermove", e => {
      if (drag?.isOverview) return this.jump(e.offsetX);
      if (drag) {
        drag.moved ||= Math.abs(e.offsetX - drag.x) > 3;
        if (drag.measures) this.measure.to = this.time(e.offsetX), this.request();
        else if (drag.moved) {
          const by = (drag.x - e.offsetX) / (this.width - GUTTER) * (drag.to - drag.from);
          view.show(drag.from + by, drag.to + by);
        }
      }
      view.pointer = e.offsetX < GUTTER ? null : this.time(e.offsetX);
      this.hovered = drag?.moved ? null : this.hit(e.offsetX, e.offsetY);
      canvas.style.cursor = drag?.moved ? "grabbing" : this.hovered ? "pointer" : "crosshair";
      this.callbacks.hover(this, this.hovered, e);
      view.changed();
    });
    canvas.addEventListener("pointerup", e => {
      const click = drag && !drag.moved && !drag.isOverview;
      if (drag?.measures && !drag.moved) this.measure = null;
      else if (click && !drag.measures) this.measure = null;
      drag = null;
      const hit = click ? this.hit(e.offsetX, e.offsetY) : null;
      if (hit?.step) this.callbacks.step(hit.step);
      else if (hit && hit.event >= 0) this.callbacks.select(this, hit.event);
      this.request();
    });
    canvas.addEventListener("pointerleave", () => {
      view.pointer = null;
      this.hovered = null;
      this.callbacks.hover(this, null);
      view.changed();
    });
    canvas.addEventListener("dblclick", e => {
      if (e.offsetY < this.bottom) view.zoom(4, this.time(Math.max(e.offsetX, GUTTER)));
    });
    canvas.addEventListener("keydown", e => this.key(e));
    canvas.addEventListener("focus", () => this.request());
    canvas.addEventListener("blur", () => this.request());
  }

  jump(x) {
    const middle = Math.min(Math.max((x - GUTTER) / (this.width - GUTTER), 0), 1) * this.view.length;
    const half = (this.view.to - this.view.from) / 2;
    this.view.show(middle - half, middle + half);
  }

  key(e) {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const { view } = this;
    const keys = {
      ArrowLeft: () => view.pan(e.shiftKey ? -0.5 : -0.1),
      ArrowRight: () => view.pan(e.shiftKey ? 0.5 : 0.1),
      "+": () => view.zoom(1.5, this.anchor()),
      "=": () => view.zoom(1.5, this.anchor()),
      "-": () => view.zoom(1 / 1.5, this.anchor()),
      "0": () => view.fit(),
      Home: () => view.show(0, view.to - view.from),
      End: () => view.show(view.length - (view.to - view.from), view.length),
      ArrowUp: () => this.chooseLane(-1),
      ArrowDown: () => this.chooseLane(1),
      ",": () => this.walk(-1),
      ".": () => this.walk(1),
      z: () => this.zoomToMeasure(),
    };
    const act = keys[e.key];
    if (!act) return;
    e.preventDefault();
    e.stopPropagation();
    act();
  }

  // Zooming by keys keeps what is selected where it is.
  anchor() {
    const t = this.selected >= 0 ? this.session.at(this.selected) : NaN;
    return t >= this.view.from && t <= this.view.to ? t : undefined;
  }

  chooseLane(by) {
    this.lane = Math.min(Math.max(this.lane + by, 0), this.rows.length - 1);
    this.callbacks.announce(`Lane ${this.rows[this.lane].label}`);
    this.request();
  }

  // To the next event of the chosen lane, or the one before.
  walk(by) {
    const row = this.rows[this.lane];
    if (row.id === "steps") {
      const steps = this.steps.filter(s => s.from !== null);
      const now = (this.view.from + this.view.to) / 2;
      const next = by > 0 ? steps.find(s => s.to > now + 1e-9) : steps.findLast(s => s.to < now - 1e-9);
      if (next) this.callbacks.step(next);
      return;
    }
    const lists = [...(row.points || []), ...(row.curve ? [row.curve.points] : [])];
    const now = this.selected >= 0 ? this.session.at(this.selected) : this.view.from;
    let best = -1, distance = Infinity;
    for (const points of lists) {
      let place = points.place(now);
      if (by < 0) place--;
      while (place >= 0 && place < points.count
        && (by > 0 ? points.t[place] <= now && points.event[place] <= this.selected
          : points.t[place] >= now && points.event[place] >= this.selected)) place += by;
      if (place < 0 || place >= points.count) continue;
      const away = Math.abs(points.t[place] - now);
      if (away < distance) distance = away, best = points.event[place];
    }
    if (best >= 0) this.callbacks.select(this, best);
    else this.callbacks.announce(`No further event in ${row.label}`);
  }

  zoomToMeasure() {
    if (!this.measure) return;
    const { from, to } = this.measure;
    this.measure = null;
    this.view.show(Math.min(from, to), Math.max(from, to));
  }
}

function nearest(points, t, reach) {
  if (!points || points.count === 0) return -1;
  const place = points.place(t);
  let best = -1, distance = reach;
  for (const p of [place - 1, place]) {
    if (p < 0 || p >= points.count) continue;
    const away = Math.abs(points.t[p] - t);
    if (away <= distance) distance = away, best = points.event[p];
  }
  return best;
}
