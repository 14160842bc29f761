// Paints a timeline. What it costs depends on the pixels, not on the events.

const COLOURS = ["plain", "good", "note", "bad", "ink", "muted", "faint", "line", "ground", "stripe", "accent", "fault",
  "curve", "peak"];
let palette = null;

function colours() {
  if (palette) return palette;
  const style = getComputedStyle(document.documentElement);
  palette = {};
  for (const name of COLOURS) palette[name] = style.getPropertyValue("--t-" + name).trim();
  palette.classes = [palette.plain, palette.good, palette.note, palette.bad];
  palette.sans = style.getPropertyValue("--sans").trim();
  palette.mono = style.getPropertyValue("--mono").trim();
  return palette;
}

function draw(timeline) {
  const { canvas } = timeline;
  const ratio = window.devicePixelRatio || 1;
  const width = canvas.clientWidth, height = canvas.clientHeight;
  if (width === 0) return;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  timeline.width = width;
  const g = canvas.getContext("2d");
  g.setTransform(ratio, 0, 0, ratio, 0, 0);
  const c = colours();
  g.fillStyle = c.ground;
  g.fillRect(0, 0, width, height);
  g.textBaseline = "middle";
  drawLanes(g, timeline, c);
  g.save();
  g.beginPath();
  g.rect(GUTTER, 0, width - GUTTER, timeline.bottom);
  g.clip();
  drawGrid(g, timeline, c);
  drawFaultShade(g, timeline, c);
  for (const row of timeline.rows) drawRow(g, timeline, row, c);
  drawMarks(g, timeline, c);
  g.restore();
  drawOverview(g, timeline, c);
  canvas.dataset.drawn = "true";
}

function drawLanes(g, timeline, c) {
  timeline.rows.forEach((row, i) => {
    if (i % 2 === 0) {
      g.fillStyle = c.stripe;
      g.fillRect(0, row.y, timeline.width, row.height);
    }
    const chosen = document.activeElement === timeline.canvas && timeline.lane === i;
    if (chosen) {
      g.fillStyle = c.accent;
      g.fillRect(0, row.y, 3, row.height);
    }
    g.fillStyle = chosen ? c.accent : row.empty ? c.muted : c.ink;
    g.font = `600 11.5px ${c.sans}`;
    g.textAlign = "left";
    g.fillText(row.label, 12, row.y + (row.sub && !row.empty ? row.height / 4 : row.height / 2));
    if (row.id === "pins") namePins(g, timeline, row, c);
    if (!row.sub || row.empty) return;
    g.font = `10px ${c.sans}`;
    g.textAlign = "right";
    g.fillStyle = c.muted;
    row.sub.forEach((text, k) => g.fillText(text, GUTTER - 8, row.y + row.height * (2 * k + 1) / 4));
  });
  g.fillStyle = c.line;
  g.fillRect(GUTTER - 1, 0, 1, timeline.bottom);
}

function namePins(g, timeline, row, c) {
  g.font = `10px ${c.mono}`;
  g.textAlign = "right";
  g.fillStyle = c.muted;
  for (const [pin, { place }] of timeline.lanes.pins.rows) {
    g.fillText(pin, GUTTER - 8, row.y + 2 + place * PIN + PIN / 2);
  }
}

const STEPS = [1, 2, 5];
const LONG_STEPS = [15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400, 604800];

function tickStep(width, pixels) {
  const wanted = width / (pixels / 110);
  for (let power = 1e-7; power < 11; power *= 10) {
    for (const step of STEPS) if (step * power >= wanted && step * power <= 10.0001) return step * power;
  }
  return LONG_STEPS.find(step => step >= wanted) ?? Math.ceil(wanted / 604800) * 604800;
}

function tickLabel(t, step) {
  const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  const s = Math.abs(t) < step / 2 ? 0 : t;
  if (s < 60 && step < 60) return s.toFixed(Math.min(digits, 7)) + " s";
  const hours = Math.floor(s / 3600), minutes = Math.floor(s / 60) % 60, rest = s % 60;
  if (step >= 60) return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")} h` : `${minutes} min`;
  const tail = `${String(minutes).padStart(hours ? 2 : 1, "0")}:${rest.toFixed(digits).padStart(digits ? digits + 3 : 2, "0")}`;
  return hours > 0 ? `${hours}:${tail}` : tail;
}

function drawGrid(g, timeline, c) {
  const { view } = timeline;
  const step = tickStep(view.to - view.from, timeline.width - GUTTER);
  let pointer = view.pointer === null ? -Infinity : timeline.x(view.pointer);
  pointer += pointer + 90 > timeline.width ? -44 : 44;
  g.font = `11px ${c.sans}`;
  g.textAlign = "center";
  for (let k = Math.ceil(Math.max(view.from, 0) / step); k * step <= view.to; k++) {
    const x = Math.round(timeline.x(k * step)) + 0.5;
    g.fillStyle = c.line;
    g.fillRect(x - 0.5, AXIS - 6, 1, timeline.bottom - AXIS + 6);
    const label = tickLabel(k * step, step), half = g.measureText(label).width / 2;
    const middle = Math.min(Math.max(x, GUTTER + half + 3), timeline.width - half - 4);
    // The pointer's own time stands in the same line.
    if (Math.abs(middle - pointer) < half + 44) continue;
    g.fillStyle = c.muted;
    g.fillText(label, middle, 11);
  }
  // What lies before the beginning and behind the end is no time of the session.
  g.fillStyle = c.faint;
  const begin = timeline.x(0), end = timeline.x(timeline.session.length);
  if (begin > GUTTER) g.fillRect(GUTTER, AXIS, begin - GUTTER, timeline.bottom - AXIS);
  if (end < timeline.width) g.fillRect(end, AXIS, timeline.width - end, timeline.bottom - AXIS);
}

function drawFaultShade(g, timeline, c) {
  g.fillStyle = c.fault;
  g.globalAlpha = 0.07;
  const first = timeline.rows.find(row => row.id === "network")?.y ?? AXIS;
  for (const fault of seen(timeline, timeline.lanes.faults)) {
    const [x, w] = box(timeline, fault);
    g.fillRect(x, first, w, timeline.bottom - first);
  }
  g.globalAlpha = 1;
}

// The stretches that touch what is seen; of those in one pixel the first alone.
function* seen(timeline, spans) {
  const { view } = timeline;
  const pixel = (view.to - view.from) / timeline.width;
  const reached = [];
  for (const span of spans) {
    if (span.from > view.to) break;
    const to = span.to ?? timeline.session.length;
    if (to < view.from) continue;
    const row = span.row || 0;
    if (to - span.from < pixel && reached[row] > to - pixel) continue;
    reached[row] = to;
    yield span;
  }
}

function box(timeline, span) {
  const from = Math.max(timeline.x(span.from), GUTTER - 4);
  const to = Math.min(timeline.x(span.to ?? Math.max(timeline.session.length, span.from)), timeline.width + 4);
  return [from, Math.max(to - from, 2)];
}

function drawRow(g, timeline, row, c) {
  switch (row.id) {
    case "steps": return drawSteps(g, timeline, row, c);
    case "power":
    case "sleep":
    case "registration": return drawStates(g, timeline, row, c);
    case "network": return drawNetwork(g, timeline, row, c);
    case "links": return drawLinks(g, timeline, row, c);
    case "pins": return drawPins(g, timeline, row, c);
    case "frames":
    case "mqtt":
    case "http":
    case "ftp":
    case "sms":
    case "uart": return row.points.forEach((points, k) =>
      drawPoints(g, timeline, points, row.y + 2 + k * row.height / 2, row.height / 2 - 3, c));
    case "log":
    case "buses":
    case "rig": return drawPoints(g, timeline, row.points[0], row.y + 3, row.height - 6, c);
    case "cpu": return drawCurve(g, timeline, row, timeline.lanes.cpu.curve, 1, v => Math.round(v * 100) + " %", c, c.curve,
      { before: true });
    case "watchdog": return drawWatchdog(g, timeline, row, c);
    case "heap": return drawHeap(g, timeline, row, c);
  }
}

function drawSteps(g, timeline, row, c) {
  g.font = `11px ${c.sans}`;
  g.textAlign = "left";
  timeline.steps.forEach(step => {
    if (step.from === null || step.to < timeline.view.from || step.from > timeline.view.to) return;
    const [x, w] = box(timeline, step);
    const failed = step.status !== "passed";
    g.fillStyle = failed ? c.bad : c.accent;
    g.globalAlpha = failed ? 0.9 : 0.22;
    rounded(g, x + 0.5, row.y + 3, Math.max(w - 1, 2), row.height - 6, 3);
    g.fill();
    g.globalAlpha = 1;
    if (w > 34) clipped(g, `${failed ? "✕ " : ""}${step.keyword} ${step.text}`, x + 6, row.y + row.height / 2, w - 10,
      failed ? c.ground : c.ink);
  });
}

function drawStates(g, timeline, row, c) {
  g.font = `11px ${c.sans}`;
  g.textAlign = "left";
  for (const span of seen(timeline, row.spans)) {
    const [x, w] = box(timeline, span);
    g.fillStyle = c.classes[span.cls];
    g.globalAlpha = 0.28;
    g.fillRect(x, row.y + 4, w, row.height - 8);
    g.globalAlpha = 1;
    g.fillRect(x, row.y + row.height - 5, w, 2);
    if (w > 30) clipped(g, span.label, x + 6, row.y + row.height / 2 - 1, w - 8, c.ink);
  }
  drawPoints(g, timeline, row.points[0], row.y + 3, row.height - 6, c, false);
}

function drawNetwork(g, timeline, row, c) {
  for (const span of seen(timeline, timeline.lanes.registration.spans)) {
    if (span.label !== "registered") continue;
    const [x, w] = box(timeline, span);
    g.fillStyle = c.good;
    g.globalAlpha = 0.18;
    g.fillRect(x, row.y + 4, w, row.height - 8);
    g.globalAlpha = 1;
  }
  for (const span of seen(timeline, row.spans)) {
    const [x, w] = box(timeline, span);
    g.fillStyle = c.bad;
    g.fillRect(x, row.y + row.height - 6, w, 3);
  }
  drawPoints(g, timeline, row.points[0], row.y + 4, row.height - 8, c, false);
  g.font = `600 11px ${c.sans}`;
  g.textAlign = "left";
  for (const fault of seen(timeline, timeline.lanes.faults)) {
    const [x, w] = box(timeline, fault);
    g.save();
    g.beginPath();
    g.rect(x, row.y + 3, w, row.height - 6);
    g.clip();
    g.fillStyle = c.fault;
    g.globalAlpha = 0.2;
    g.fillRect(x, row.y + 3, w, row.height - 6);
    g.globalAlpha = 0.75;
    g.strokeStyle = c.fault;
    g.lineWidth = 1.2;
    g.beginPath();
    const right = Math.min(x + w, timeline.width);
    for (let s = x - ((x % 8) + 8) - row.height; s < right; s += 8) {
      g.moveTo(s, row.y + row.height);
      g.lineTo(s + row.height, row.y);
    }
    if (w > 4) g.stroke();
    g.restore();
    g.fillStyle = c.fault;
    g.fillRect(x, row.y + 3, 2, row.height - 6);
    if (w > 40) tag(g, fault.label, Math.max(x, GUTTER) + 6, row.y + row.height / 2, Math.min(w, right - x) - 12, c);
    else if (fault.from === fault.to) g.fillRect(x - 1, row.y + 1, 3, row.height - 2);
  }
}

function drawLinks(g, timeline, row, c) {
  g.font = `10.5px ${c.sans}`;
  g.textAlign = "left";
  for (const link of seen(timeline, row.spans)) {
    const [x, w] = box(timeline, link);
    const y = row.y + 4 + link.row * LINK, height = LINK - 2;
    g.fillStyle = link.cls === BAD ? c.bad : link.what === "tcp" ? c.accent : c.peak;
    g.globalAlpha = 0.3;
    rounded(g, x, y, w, height, 2);
    g.fill();
    g.globalAlpha = 0.85;
    // The handshakes: TCP until it was open, then TLS.
    const opened = link.opened ?? (link.what === "tcp" ? link.to ?? timeline.session.length : null);
    if (link.what === "tcp") g.fillRect(x, y, Math.max(1, Math.min(timeline.x(opened) - x, w)), 2);
    if (link.tls) {
      const a = Math.max(timeline.x(link.tls.from), x), b = Math.min(timeline.x(link.tls.to ?? link.to ?? timeline.session.length), x + w);
      g.fillRect(a, y + height - 2, Math.max(b - a, 1), 2);
    }
    g.globalAlpha = 1;
    if (link.cls === BAD) g.fillRect(x + w - 2, y, 2, height);
    if (w > 40) clipped(g, (link.tls ? "TLS " : "") + link.label, Math.max(x, GUTTER) + 5, y + height / 2, Math.min(x + w, timeline.width) - Math.max(x, GUTTER) - 8, c.ink);
  }
}

// A line for each pin: filled while the module drives it high or pulses it, thin while its pull-up holds it.
function drawPins(g, timeline, row, c) {
  const y = place => row.y + 2 + place * PIN;
  g.fillStyle = c.muted;
  for (const { place } of timeline.lanes.pins.rows.values()) {
    g.globalAlpha = 0.5;
    g.fillRect(GUTTER, y(place) + PIN - 2, timeline.width - GUTTER, 1);
    g.globalAlpha = 1;
  }
  for (const span of seen(timeline, row.spans)) {
    const [x, w] = box(timeline, span);
    const driven = span.cls !== PLAIN;
    g.fillStyle = c.classes[span.cls];
    g.globalAlpha = driven ? 0.75 : 0.35;
    g.fillRect(x, y(span.row) + 2, w, driven ? PIN - 4 : 2);
    g.globalAlpha = 1;
  }
}

// Points as bars; where several share a pixel one bar stands for them, the taller the more they are.
function drawPoints(g, timeline, points, y, height, c, labels = true) {
  points.prepare();
  const { view, width, session } = timeline;
  const pixels = width - GUTTER, perPixel = (view.to - view.from) / pixels;
  let place = points.place(view.from), end = points.place(view.to);
  if (place === end) return;
  const dense = end - place > pixels / 2;
  g.font = `10.5px ${c.mono}`;
  g.textAlign = "left";
  while (place < end) {
    const x = Math.floor((points.t[place] - view.from) / perPixel);
    let next = points.place(view.from + (x + 1) * perPixel, place);
    if (next <= place) next = place + 1;
    const many = next - place;
    const h = dense ? height * Math.min(1, 0.35 + 0.13 * Math.log2(many + 1)) : height;
    g.fillStyle = c.classes[points.worst(place, next)];
    g.fillRect(GUTTER + x, y + height - h, dense ? 1 : 2, h);
    if (labels && !dense) {
      const room = next < points.count ? (points.t[next] - view.from) / perPixel - x : pixels - x;
      if (room > 44) clipped(g, session.line(points.event[next - 1], 160), GUTTER + x + 5, y + height / 2,
        Math.min(room, pixels - x) - 9, c.ink);
    }
    place = next;
  }
}

// A sample's value holds until the next one; that of a share held since the one before.
function drawCurve(g, timeline, row, curve, full, text, c, colour, { fills = true, before = false, reads = true } = {}) {
  const { points } = curve;
  if (points.count === 0) {
    g.fillStyle = c.muted;
    g.font = `italic 10.5px ${c.sans}`;
    g.textAlign = "left";
    g.fillText("not recorded", GUTTER + 8, row.y + row.height / 2);
    return;
  }
  curve.prepare();
  const { view, width } = timeline;
  const pixels = width - GUTTER, perPixel = (view.to - view.from) / pixels;
  const top = row.y + 4, height = row.height - 7, base = top + height;
  let place = Math.max(points.place(view.from) - 1, 0);
  const end = Math.min(points.place(view.to) + 1, points.count);
  const floor = timeline.x(0), last = timeline.x(timeline.session.length);
  g.beginPath();
  let x0 = before ? Math.max(floor, GUTTER - 2) : timeline.x(points.t[place]), y0 = null;
  const from = x0;
  while (place < end) {
    const x = Math.floor((points.t[place] - view.from) / perPixel);
    let next = points.place(view.from + (x + 1) * perPixel, place);
    if (next <= place) next = place + 1;
    const y = base - Math.min(1, curve.max(place, Math.min(next, end)) / full) * height;
    const here = GUTTER + x;
    if (y0 === null) g.moveTo(x0, y);
    else g.lineTo(here, y0);
    if (before) g.lineTo(y0 === null ? x0 : here, y), g.lineTo(here, y);
    else g.lineTo(here, y);
    x0 = here;
    y0 = y;
    place = next;
  }
  if (!before && place >= points.count) g.lineTo(x0 = last, y0);
  g.strokeStyle = colour;
  g.lineWidth = 1.4;
  g.stroke();
  if (fills) {
    g.lineTo(x0, base);
    g.lineTo(from, base);
    g.fillStyle = colour;
    g.globalAlpha = 0.22;
    g.fill();
    g.globalAlpha = 1;
  }
  const at = view.pointer;
  if (at === null || !reads) return;
  const shown = Math.min(Math.max(points.place(at) - 1, 0), points.count - 1);
  tag(g, text(curve.value[shown]), timeline.x(at) + 8, row.y + row.height / 2, 200, c, timeline.x(at));
}

function drawHeap(g, timeline, row, c) {
  const { heap } = timeline.lanes;
  const full = heap.limit || Math.max(1, heap.peak.max(0, heap.peak.points.count));
  if (heap.limit > 0) {
    g.fillStyle = c.bad;
    for (let x = GUTTER; x < timeline.width; x += 8) g.fillRect(x, row.y + 4, 4, 1);
  }
  if (heap.peak.points.count > 0) {
    drawCurve(g, timeline, row, heap.peak, full, null, c, c.peak, { fills: false, reads: false });
  }
  drawCurve(g, timeline, row, heap.curve, full, v => kilobytes(v) + " of " + kilobytes(full), c, c.curve);
}

function kilobytes(bytes) {
  return (bytes / 1024).toFixed(1) + " KiB";
}

function drawWatchdog(g, timeline, row, c) {
  const { watchdog } = timeline.lanes;
  drawCurve(g, timeline, row, watchdog.curve, watchdog.full || 1, v => span(v) + " left", c, c.curve);
  for (let i = 0; i < watchdog.bites.count; i++) {
    const x = timeline.x(watchdog.bites.t[i]);
    g.fillStyle = c.bad;
    g.fillRect(x - 1, row.y + 2, 3, row.height - 4);
    tag(g, "✕ reset by the watchdog", x + 8, row.y + row.height / 2, 180, c, x);
  }
}

function drawMarks(g, timeline, c) {
  const { view, session } = timeline;
  if (timeline.matches) drawMatches(g, timeline, c);
  if (timeline.failedAt !== null) flag(g, timeline, timeline.failedAt, c.bad, "✕ failed here", c);
  if (timeline.diverges !== null) flag(g, timeline, timeline.diverges, c.note, "≠ differs from here", c);
  if (timeline.selected >= 0) {
    const x = timeline.x(session.at(timeline.selected));
    g.fillStyle = c.accent;
    g.fillRect(x - 0.5, AXIS - 6, 2, timeline.bottom - AXIS + 6);
    g.beginPath();
    g.moveTo(x - 5, AXIS - 8);
    g.lineTo(x + 6, AXIS - 8);
    g.lineTo(x + 0.5, AXIS);
    g.fill();
  }
  if (timeline.measure) {
    const a = timeline.x(timeline.measure.from), b = timeline.x(timeline.measure.to);
    g.fillStyle = c.accent;
    g.globalAlpha = 0.15;
    g.fillRect(Math.min(a, b), AXIS, Math.abs(b - a), timeline.bottom - AXIS);
    g.globalAlpha = 1;
    tag(g, "Δ " + span(timeline.measure.to - timeline.measure.from), (a + b) / 2 - 30, AXIS + 12, 140, c);
  }
  if (view.pointer === null) return;
  const x = Math.round(timeline.x(view.pointer));
  g.fillStyle = c.muted;
  g.fillRect(x, AXIS - 6, 1, timeline.bottom - AXIS + 6);
  tag(g, clock(view.pointer, view.to - view.from < 1), x + 6, 11, 140, c, x);
}

function drawMatches(g, timeline, c) {
  const { view, session, matches } = timeline;
  const pixels = timeline.width - GUTTER, perPixel = (view.to - view.from) / pixels;
  const times = matches.times ??= Float64Array.from(matches.items.subarray(0, matches.count), i => session.at(i)).sort();
  let place = 0;
  g.fillStyle = c.note;
  const lower = t => {
    let low = place, high = times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (times[middle] < t) low = middle + 1; else high = middle;
    }
    return low;
  };
  place = lower(view.from);
  while (place < times.length && times[place] <= view.to) {
    const x = Math.floor((times[place] - view.from) / perPixel);
    g.globalAlpha = 0.35;
    g.fillRect(GUTTER + x, AXIS, 1, timeline.bottom - AXIS);
    g.globalAlpha = 1;
    g.fillRect(GUTTER + x - 1, AXIS - 5, 3, 5);
    place = Math.max(place + 1, lower(view.from + (x + 1) * perPixel));
  }
}

function flag(g, timeline, t, colour, text, c) {
  const x = timeline.x(t);
  if (x < GUTTER - 2 || x > timeline.width + 2) return;
  g.fillStyle = colour;
  g.fillRect(x - 1, AXIS - 4, 2, timeline.bottom - AXIS + 4);
  g.font = `600 11px ${c.sans}`;
  const w = g.measureText(text).width + 12;
  const left = x + w > timeline.width ? x - w : x;
  rounded(g, left, timeline.bottom - 19, w, 17, 3);
  g.fill();
  g.fillStyle = c.ground;
  g.textAlign = "left";
  g.fillText(text, left + 6, timeline.bottom - 10);
}

// The whole session in one strip, with what is seen of it.
function drawOverview(g, timeline, c) {
  const { view, session, lanes } = timeline;
  const y = timeline.bottom + 4, pixels = timeline.width - GUTTER;
  g.fillStyle = c.stripe;
  g.fillRect(GUTTER, y, pixels, OVERVIEW);
  g.fillStyle = c.muted;
  g.font = `10px ${c.sans}`;
  g.textAlign = "left";
  g.fillText("Whole session", 12, y + OVERVIEW / 2);
  const scale = pixels / view.length;
  for (const points of [lanes.log, ...lanes.frames, ...Object.values(lanes.protocols).flat(), ...lanes.uart]) {
    points.prepare();
    let place = 0;
    while (place < points.count) {
      const x = Math.floor(points.t[place] * scale);
      let next = points.place((x + 1) / scale, place);
      if (next <= place) next = place + 1;
      const h = Math.min(OVERVIEW - 4, 3 + 2 * Math.log2(next - place + 1));
      const cls = points.worst(place, next);
      g.fillStyle = cls === BAD ? c.bad : c.muted;
      g.globalAlpha = cls === BAD ? 0.9 : 0.4;
      g.fillRect(GUTTER + x, y + OVERVIEW - h, 1, h);
      place = next;
    }
  }
  g.globalAlpha = 0.3;
  g.fillStyle = c.fault;
  for (const fault of lanes.faults) {
    g.fillRect(GUTTER + fault.from * scale, y, Math.max(((fault.to ?? session.length) - fault.from) * scale, 2), OVERVIEW);
  }
  g.globalAlpha = 1;
  if (timeline.failedAt !== null) {
    g.fillStyle = c.bad;
    g.fillRect(GUTTER + timeline.failedAt * scale - 1, y, 2, OVERVIEW);
  }
  const left = GUTTER + Math.max(view.from, 0) * scale, right = GUTTER + Math.min(view.to, view.length) * scale;
  g.strokeStyle = c.accent;
  g.lineWidth = 1.5;
  g.strokeRect(left + 0.75, y + 0.75, Math.max(right - left - 1.5, 3), OVERVIEW - 1.5);
  g.fillStyle = c.accent;
  g.globalAlpha = 0.1;
  g.fillRect(left, y, Math.max(right - left, 3), OVERVIEW);
  g.globalAlpha = 1;
}

// ---- small things ----

function rounded(g, x, y, w, h, r) {
  g.beginPath();
  g.roundRect(x, y, w, h, Math.min(r, w / 2));
}

function clipped(g, text, x, y, room, colour) {
  if (room < 12) return;
  if (x < GUTTER + 4) room -= GUTTER + 4 - x, x = GUTTER + 4;
  if (room < 12) return;
  g.fillStyle = colour;
  g.textAlign = "left";
  g.fillText(fitted(g, text, room), x, y + 0.5);
}

// As much of a text as there is room for.
function fitted(g, text, room) {
  const width = g.measureText(text).width;
  if (width <= room) return text;
  let length = Math.floor(text.length * room / width);
  while (length > 0 && g.measureText(text.slice(0, length) + "…").width > room) length--;
  return length > 0 ? text.slice(0, length) + "…" : "";
}

// A text on the ground's colour. Where it would reach over the right edge it stands left of the anchor, if there is one.
function tag(g, text, x, y, room, c, anchor = null) {
  if (!text || room < 14) return;
  g.font = `600 11px ${c.sans}`;
  const w = Math.min(g.measureText(text).width + 10, room);
  const right = g.canvas.clientWidth - 2;
  if (x - 4 + w > right) x = anchor === null ? right - w + 4 : 2 * anchor - x + 8 - w;
  g.fillStyle = c.ground;
  g.globalAlpha = 0.88;
  rounded(g, x - 4, y - 8, w, 16, 3);
  g.fill();
  g.globalAlpha = 1;
  clipped(g, text, x + 1, y, w - 6, c.ink);
}
