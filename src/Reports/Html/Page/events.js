// The list of events under the timeline, its search, and what one event says in full.

const ROW = 24, TALLEST = 8e6, MOST_TEXT = 65536;

class EventList {
  constructor(host, callbacks) {
    this.callbacks = callbacks;
    this.session = null;
    this.matches = null;
    this.onlyMatches = false;
    this.selected = -1;
    this.scroller = make("div", { class: "events-scroll", tabindex: "0", role: "listbox", "aria-label": "Events" });
    this.spacer = make("div", { class: "events-spacer" });
    this.window = make("div", { class: "events-window" });
    this.spacer.append(this.window);
    this.scroller.append(this.spacer);
    host.append(this.scroller);
    this.scroller.addEventListener("scroll", () => this.request(), { passive: true });
    this.scroller.addEventListener("keydown", e => this.key(e));
    this.window.addEventListener("click", e => {
      const row = e.target.closest("[data-event]");
      if (row) this.callbacks.select(Number(row.dataset.event));
    });
    this.resizer = new ResizeObserver(() => this.request());
    this.resizer.observe(this.scroller);
  }

  dispose() {
    this.resizer.disconnect();
  }

  show(session) {
    this.session = session;
    this.matches = null;
    this.selected = -1;
    this.resize();
    this.scroller.scrollTop = 0;
  }

  get filtered() {
    return this.onlyMatches && this.matches !== null;
  }

  get count() {
    return this.shown?.count ?? 0;
  }

  eventAt(place) {
    return this.shown.items[place];
  }

  get shown() {
    return this.filtered ? this.matches : this.session?.listed;
  }

  resize() {
    this.spacer.style.height = Math.min(this.count * ROW, TALLEST) + "px";
    this.request();
  }

  // With very many rows one pixel of the bar stands for several of them.
  get first() {
    const rows = this.scroller.clientHeight / ROW, total = this.count;
    const height = Math.min(total * ROW, TALLEST), room = height - this.scroller.clientHeight;
    return room <= 0 ? 0 : Math.min(1, this.scroller.scrollTop / room) * Math.max(0, total - rows);
  }

  request() {
    if (this.pending) return;
    this.pending = true;
    requestAnimationFrame(() => {
      this.pending = false;
      this.paint();
    });
  }

  paint() {
    if (!this.session) return;
    const first = this.first, begin = Math.floor(first);
    const rows = Math.ceil(this.scroller.clientHeight / ROW) + 1;
    const lines = [];
    for (let i = begin; i < Math.min(begin + rows, this.count); i++) lines.push(this.row(this.eventAt(i)));
    if (lines.length === 0) lines.push(make("div", { class: "empty" }, this.filtered ? "Nothing matches." : "No events."));
    this.window.style.transform = `translateY(${this.scroller.scrollTop - (first - begin) * ROW}px)`;
    this.window.replaceChildren(...lines);
  }

  row(index) {
    const e = this.session.event(index);
    const level = e.lane === "log" ? e.text[0] : "";
    const isHit = this.matches !== null && this.matches.items[this.matches.placeOf(index)] === index;
    return make("div", {
      class: "event" + (index === this.selected ? " selected" : "") + (isHit ? " hit" : "")
        + (level === "E" || e.kind === "fault.begin" ? " bad" : level === "W" ? " note" : ""),
      role: "option", "aria-selected": String(index === this.selected), "data-event": String(index),
    },
    make("span", { class: "when" }, clock(e.at)),
    make("span", { class: "kind lane-" + e.lane }, e.kind),
    make("span", { class: "what" }, visible(e.text || asciiOf(e.bytes.subarray(0, 300)), 300)),
    make("span", { class: "size" }, e.bytes.length > 0 && e.lane !== "log" ? e.bytes.length + " B" : ""));
  }

  select(index) {
    this.selected = index;
    const place = this.shown.placeOf(index);
    const rows = this.scroller.clientHeight / ROW;
    if (place < this.first + 1 || place > this.first + rows - 2) this.scrollTo(place - rows / 2);
    this.request();
  }

  scrollTo(place) {
    const rows = this.scroller.clientHeight / ROW;
    const height = Math.min(this.count * ROW, TALLEST), room = height - this.scroller.clientHeight;
    const share = place / Math.max(1, this.count - rows);
    this.scroller.scrollTop = Math.min(Math.max(share, 0), 1) * Math.max(room, 0);
  }

  find(words) {
    this.matches = words && this.session ? this.session.search(words) : null;
    this.resize();
    return this.matches;
  }

  setOnlyMatches(only) {
    this.onlyMatches = only;
    this.resize();
    if (this.selected >= 0) this.select(this.selected);
  }

  key(e) {
    const page = Math.floor(this.scroller.clientHeight / ROW) - 1;
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity }[e.key];
    if (by === undefined || this.count === 0 || e.ctrlKey || e.altKey || e.metaKey) return;
    e.preventDefault();
    e.stopPropagation();
    const now = this.selected < 0 ? -1 : this.shown.placeOf(this.selected);
    this.callbacks.select(this.eventAt(Math.min(Math.max(now + by, 0), this.count - 1)));
  }
}

// What one event says, in full.
function eventDetails(session, index) {
  const e = session.event(index);
  const facts = [
    ["Time", clock(e.at)],
    ["Kind", e.kind === e.lane ? e.kind : `${e.kind}  (${e.lane})`],
  ];
  if (!Number.isNaN(e.tick)) facts.splice(1, 0, ["Module's tick", clock(e.tick, false)]);
  if (session.startDate !== null) {
    facts.push(["Calendar", new Date(session.startDate + e.at * 1000).toISOString().replace("T", " ").replace("Z", " UTC")]);
  }
  if (e.modem !== "" && session.modems.filter(Boolean).length > 1) facts.push(["Modem", e.modem]);
  if (e.moment !== "") facts.push(["Means", e.moment.replace(/(?<=.)([A-Z])/g, " $1").toLowerCase()]);
  facts.push(["Event", `${index + 1} of ${session.count}`]);
  const parts = [make("dl", { class: "facts-list" }, ...facts.flatMap(([name, value]) =>
    [make("dt", {}, name), make("dd", {}, value)]))];
  if (e.text !== "") parts.push(make("pre", { class: "text" }, visibleLines(e.text)));
  const picture = pictureOf(e);
  if (picture) parts.push(picture);
  else if (e.bytes.length > 0 && e.lane !== "log") {
    parts.push(make("h4", {}, `${e.bytes.length} bytes`), make("pre", { class: "hex" }, hexDump(e.bytes)));
  }
  return parts;
}

// What a display shows, as a canvas; null: the event tells of none. BusEvents.cs (DisplayShown) has the layout.
function pictureOf(e) {
  const size = e.kind === "display" ? / (\d+)x(\d+)$/.exec(e.text) : null;
  if (!size) return null;
  const width = Number(size[1]), height = Number(size[2]), line = Math.ceil(width / 8);
  const bits = e.bytes.length === line * height;
  if (!bits && e.bytes.length !== width * height * 2) return null;
  const canvas = make("canvas", { class: "picture", width, height, role: "img", "aria-label": e.text });
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      let colour;
      if (bits) {
        colour = e.bytes[y * line + (x >> 3)] & (0x80 >> (x & 7)) ? [190, 230, 255] : [8, 12, 20];
      } else {
        const value = e.bytes[(y * width + x) * 2] << 8 | e.bytes[(y * width + x) * 2 + 1];
        colour = [(value >> 11) * 255 / 31, (value >> 5 & 63) * 255 / 63, (value & 31) * 255 / 31];
      }
      image.data.set([...colour, 255], at);
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

function visibleLines(text) {
  const lines = text.slice(0, MOST_TEXT).split("\n").map(line => visible(line, MOST_TEXT)).join("\n");
  return text.length > MOST_TEXT ? `${lines}\n… ${text.length - MOST_TEXT} characters more` : lines;
}

function hoverText(timeline, hit) {
  const rows = [];
  const line = (cls, text) => rows.push(make("div", { class: cls }, text));
  if (hit.step) {
    line("hover-head", `${hit.step.keyword} ${hit.step.text}`);
    line("hover-sub", `${clock(hit.step.from, false)} to ${clock(hit.step.to, false)}, ${hit.step.status}`);
    return rows;
  }
  if (hit.stretch) {
    const { from, to, label, opened, tls } = hit.stretch;
    line("hover-head", (hit.fault ? "Fault: " : "") + label);
    line("hover-sub", to === null ? `since ${clock(from, false)}` : to === from ? `at ${clock(from)}`
      : `${clock(from)} to ${clock(to)}: ${span(to - from)}`);
    if (opened) line("hover-sub", `TCP open after ${span(opened - from)}`
      + (tls?.to ? `, TLS after ${span(tls.to - tls.from)} more` : ""));
    if (hit.fault || hit.event === hit.stretch.event) return rows;
  }
  const e = timeline.session.event(hit.event);
  line("hover-head", e.kind + (e.moment ? `  ·  ${e.moment.replace(/(?<=.)([A-Z])/g, " $1").toLowerCase()}` : ""));
  line("hover-sub", clock(e.at) + (Number.isNaN(e.tick) ? "" : `  ·  tick ${clock(e.tick, false)}`));
  if (e.text) line("hover-text", visible(e.text, 240));
  if (e.bytes.length > 0 && e.lane !== "log") line("hover-hex", hexDump(e.bytes, 64));
  return rows;
}

// An element with attributes and children; texts become text, never markup.
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}
