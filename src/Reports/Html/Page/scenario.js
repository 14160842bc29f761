// One scenario: what became of it, its steps, and its session or the two that were compared.

const ICON = { passed: "✓", failed: "✕", skipped: "–", pending: "…", undefined: "?", ambiguous: "⁇", session: "∿", running: "▸" };
const isFailure = status => !["passed", "skipped", "session", "running"].includes(status);

class ScenarioView {
  constructor(host, scenario, page) {
    this.scenario = scenario;
    this.page = page;
    this.host = host;
    this.timelines = [];
    this.active = 0;
    this.build();
    this.ready = this.load();
  }

  dispose() {
    this.gone = true;
    for (const timeline of this.timelines) timeline.dispose();
    this.events?.dispose();
  }

  build() {
    const s = this.scenario;
    const head = make("div", { class: "head" },
      make("p", { class: "crumb" }, [s.feature, s.rule].filter(Boolean).join("  ›  ")),
      make("h1", {}, make("span", { class: "badge " + s.status }, `${ICON[s.status] ?? "?"} ${s.status}`), s.name),
      this.metaLine = make("p", { class: "meta" }, ...this.meta()));
    this.host.replaceChildren(head);
    if (s.message) this.host.append(this.reason());
    if (s.steps?.length) this.host.append(this.steps());
    this.stage = make("div", { class: "stage" });
    this.host.append(this.stage);
    if (s.output?.length) {
      this.host.append(make("details", { class: "output" }, make("summary", {}, `Output, ${s.output.length} lines`),
        make("pre", {}, visibleLines(s.output.join("\n")))));
    }
    this.host.scrollTop = 0;
  }

  meta() {
    const s = this.scenario;
    const parts = [];
    const add = (name, value) => value && parts.push(make("span", { class: "fact" }, make("b", {}, name), value));
    add("simulated", s.sessions?.[0]?.length ? span(s.sessions[0].length) : "");
    add("took", s.wall ? span(s.wall) : "");
    add("events", s.sessions?.[0]?.events ? s.sessions[0].events.toLocaleString("en") : "");
    add("own seed", s.seed === this.page.report.seed ? "" : s.seed);
    add("at", s.place);
    for (const tag of s.tags || []) parts.push(make("span", { class: "tag" }, "@" + tag));
    return parts;
  }

  reason() {
    const s = this.scenario;
    const [first, ...rest] = s.message.split("\n");
    const failed = isFailure(s.status);
    const box = make("div", { class: "reason " + (failed ? "bad" : "skip"), role: failed ? "alert" : null });
    if (!failed) {
      box.append(make("p", {}, visibleLines(s.message)));
      return box;
    }
    const frames = rest.findIndex(line => /^\s+at .+\(/.test(line));
    const shown = frames < 0 ? rest : rest.slice(0, frames);
    const isCause = line => line.startsWith("  likely cause: ");
    box.append(make("p", { class: "where" }, first),
      ...shown.filter(isCause).map(line => make("p", { class: "cause" }, visibleLines(line.trim()))),
      make("pre", {}, visibleLines(shown.filter(line => !isCause(line)).join("\n").trim())));
    if (frames >= 0) {
      box.append(make("details", {}, make("summary", {}, "Stack"), make("pre", {}, rest.slice(frames).join("\n"))));
    }
    if (s.repeat) {
      const copy = make("button", { type: "button", class: "copy" }, "Copy");
      copy.addEventListener("click", () => copyText(s.repeat, copy));
      box.append(make("div", { class: "repeat" }, make("span", {}, "Repeat it"), make("code", {}, s.repeat), copy));
    }
    return box;
  }

  steps() {
    const list = make("ol", { class: "steps", "aria-label": "Steps" });
    this.scenario.steps.forEach((step, i) => {
      const timed = step.from !== null && step.from !== undefined;
      const line = make(timed ? "button" : "div", {
        class: "step " + step.status, type: timed ? "button" : null, "data-step": String(i),
        title: timed ? "Show this moment on the timeline" : null,
      },
      make("span", { class: "icon", "aria-hidden": "true" }, ICON[step.status] ?? "?"),
      make("span", { class: "quiet" }, step.status + ": "),
      make("span", { class: "said" }, make("b", {}, step.keyword), " " + step.text),
      make("span", { class: "times" }, timed ? `${clock(step.to, false)}` : "", make("i", {}, step.wall > 0 ? span(step.wall) : "")));
      if (timed) line.addEventListener("click", () => this.showStep(step));
      const item = make("li", {}, line);
      if (step.doc) item.append(make("pre", { class: "doc" }, step.doc));
      if (step.table) {
        item.append(make("table", { class: "cells" }, ...step.table.map((row, r) =>
          make("tr", {}, ...row.map(cell => make(r === 0 ? "th" : "td", {}, cell))))));
      }
      list.append(item);
    });
    return list;
  }

  async load() {
    const infos = this.scenario.sessions || [];
    if (infos.length === 0) {
      this.stage.append(make("p", { class: "empty" }, isFailure(this.scenario.status) || this.scenario.status === "passed"
        ? "No session was kept for this scenario." : "It did not run, so there is no session."));
      return;
    }
    this.stage.append(make("p", { class: "empty" }, "Reading the session …"));
    this.sessions = await Promise.all(infos.map(info => info.live ?? Session.load(info)));
    if (this.gone) return;
    if (infos.some(info => !info.length)) {
      infos.forEach((info, i) => info.length ||= this.sessions[i].length);
      this.metaLine.replaceChildren(...this.meta());
      this.page.head();
    }
    this.stage.replaceChildren();
    this.toolbar();
    this.draw();
    this.displays();
    this.list();
  }

  // What each display showed last, and before it what it showed before it went dark; a click goes to that moment.
  displays() {
    const last = new Map();
    this.sessions.forEach((session, which) => {
      for (const index of session.ofKind("display")) {
        const e = session.event(index);
        const isDark = e.bytes.every(byte => byte === 0);
        const key = [which, e.modem, e.text].join(" "), before = last.get(key);
        last.set(key, { which, index, e, lit: !isDark ? null : before && (before.lit ?? before) });
      }
    });
    const shown = [];
    const pictures = [...last.values()].flatMap(one => one.lit ? [one.lit, one] : [one]);
    for (const { which, index, e } of pictures) {
      const picture = pictureOf(e);
      if (!picture) continue;
      const letter = this.sessions.length > 1 ? "AB"[which] + ": " : "";
      const button = make("button", { type: "button", class: "display", title: "Show this moment" }, picture,
        make("span", {}, `${letter}${e.text}, since ${clock(e.at, false)}`));
      button.addEventListener("click", () => this.select(which, index));
      shown.push(button);
    }
    if (shown.length > 0) this.stage.append(make("div", { class: "displays", "aria-label": "Displays" }, ...shown));
  }

  toolbar() {
    const button = (label, title, act) => {
      const made = make("button", { type: "button", title, "aria-label": title }, label);
      made.addEventListener("click", act);
      return made;
    };
    this.search = make("input", {
      type: "search", class: "search", placeholder: "Search events: text or 0x0d0a  ( s )", "aria-label": "Search in events",
      autocomplete: "off", spellcheck: "false",
    });
    this.hits = make("span", { class: "hits", "aria-live": "polite" });
    this.only = make("button", { type: "button", class: "toggle", "aria-pressed": "false", title: "List matches only" }, "Only matches");
    let timer = 0;
    this.search.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.find(), 150);
    });
    this.search.addEventListener("keydown", e => {
      if (e.key !== "Enter") return;
      e.preventDefault();
      clearTimeout(timer);
      if (this.found !== this.search.value) this.find();
      this.walkMatches(e.shiftKey ? -1 : 1);
    });
    this.only.addEventListener("click", () => {
      const on = this.only.getAttribute("aria-pressed") !== "true";
      this.only.setAttribute("aria-pressed", String(on));
      this.events.setOnlyMatches(on);
    });
    const bar = make("div", { class: "toolbar" },
      make("h2", {}, "Timeline"),
      button("−", "Zoom out (−)", () => this.view.zoom(1 / 1.6)),
      button("+", "Zoom in (+)", () => this.view.zoom(1.6)),
      button("Fit", "Whole session (0)", () => this.view.fit()));
    if (this.failedStep) bar.append(button("✕ Failure", "To the failed step (f)", () => this.showStep(this.failedStep)));
    if (this.scenario.diverges?.[0] != null) bar.append(button("≠ Difference", "To the first difference (d)", () => this.showDifference()));
    if (this.page.live) {
      this.follow = button("Follow", "Follow what happens (l)", () => this.setFollow(!this.view.follows));
      this.follow.classList.add("toggle");
      bar.append(this.follow);
    }
    const modems = [...new Set(this.sessions.flatMap(s => s.modems))].filter(Boolean);
    if (modems.length > 1) {
      const choice = make("select", { "aria-label": "Modem" }, make("option", { value: "" }, "All modems"),
        ...modems.map(m => make("option", { value: m }, "Modem " + m)));
      choice.addEventListener("change", () => this.draw(choice.value || null));
      bar.append(choice);
    }
    bar.append(make("span", { class: "gap" }), this.search,
      button("↑", "Previous match (N)", () => this.walkMatches(-1)),
      button("↓", "Next match (n)", () => this.walkMatches(1)), this.hits, this.only);
    this.stage.append(bar);
    this.canvases = make("div", { class: "canvases" });
    this.stage.append(this.canvases);
  }

  get failedStep() {
    return this.scenario.steps?.find(step => isFailure(step.status) && step.to !== null) ?? null;
  }

  draw(modem = null) {
    for (const timeline of this.timelines) timeline.dispose();
    const old = this.view;
    this.view = new View(Math.max(...this.sessions.map(s => s.length), ...(this.scenario.steps || []).map(s => s.to || 0)));
    if (old) this.view.show(old.from, old.to);
    this.canvases.replaceChildren();
    if (this.scenario.verdict) this.canvases.append(make("p", { class: "verdict" },
      this.scenario.diverges?.some(at => at !== null) ? "≠ " : "= ", this.scenario.verdict));
    this.timelines = this.sessions.map((session, i) => {
      if (this.sessions.length > 1) {
        this.canvases.append(make("h3", { class: "session-title" }, make("span", { class: "letter" }, "AB"[i]), session.title,
          make("small", {}, `${session.count.toLocaleString("en")} events, ${span(session.length)}`)));
      }
      return new Timeline(this.canvases, this.view, {
        session,
        lanes: new Lanes(session, modem),
        steps: i === 0 ? this.scenario.steps : [],
        failedAt: i === 0 ? this.failedStep?.to ?? null : null,
        diverges: this.scenario.diverges?.[i] ?? null,
      }, {
        hover: (timeline, hit, e) => this.page.hover(timeline, hit, e),
        select: (timeline, index) => this.select(this.timelines.indexOf(timeline), index),
        step: step => this.showStep(step),
        announce: text => this.page.announce(text),
      });
    });
  }

  list() {
    const below = make("div", { class: "below" });
    const left = make("div", { class: "events" });
    this.details = make("aside", { class: "details", "aria-label": "Event", tabindex: "-1" },
      make("p", { class: "empty" }, "Choose an event on the timeline or in the list."));
    below.append(left, this.details);
    this.stage.append(below);
    this.events = new EventList(left, { select: index => this.select(this.active, index) });
    this.events.show(this.sessions[0]);
  }

  select(which, index, reveal = true) {
    if (which !== this.active) {
      this.active = which;
      this.events.show(this.sessions[which]);
      this.found = null;
      if (this.search.value) this.find();
    }
    this.timelines.forEach((timeline, i) => timeline.select(i === which ? index : -1, reveal && i === which));
    this.events.select(index);
    this.details.replaceChildren(...eventDetails(this.sessions[which], index));
    const e = this.sessions[which].event(index);
    this.page.announce(`${e.kind} at ${clock(e.at, false)}: ${this.sessions[which].line(index, 120)}`);
  }

  // The step's stretch with some time around it; of a failed one, the moment of its failure.
  async showStep(step) {
    await this.ready;
    if (!this.timelines.length || step.to === null) return;
    const failed = isFailure(step.status);
    const length = step.to - step.from;
    const around = Math.max(length * 0.25, Math.min(this.view.length * 0.02, 1), 0.005);
    this.view.show(step.from - around, step.to + around);
    // The last event of the step; samples are for the curves.
    const { listed } = this.sessions[0];
    const after = listed.placeOf(this.sessions[0].firstAt(step.to + 1e-9));
    if (listed.count > 0) this.select(0, listed.items[Math.max(after, 1) - 1], false);
    this.stage.scrollIntoView({ block: "start", behavior: "smooth" });
    for (const line of this.host.querySelectorAll(".step")) {
      line.classList.toggle("shown", this.scenario.steps[Number(line.dataset.step)] === step);
    }
    this.page.announce(`${failed ? "Failure" : "Step"} at ${clock(step.to, false)}`);
  }

  showDifference() {
    const at = this.scenario.diverges?.[0];
    if (at === null || at === undefined) return;
    const around = Math.max(this.view.length * 0.01, 0.05);
    this.view.show(at - around, at + around);
    const { listed } = this.sessions[0];
    const place = listed.placeOf(this.sessions[0].firstAt(at));
    if (listed.count > 0) this.select(0, listed.items[Math.min(place, listed.count - 1)], false);
  }

  find() {
    const words = this.search.value;
    this.found = words;
    const matches = this.events.find(words);
    this.timelines.forEach((timeline, i) => {
      timeline.matches = !words ? null : i === this.active ? matches : this.sessions[i].search(words);
      timeline.request();
    });
    this.hits.textContent = matches === null ? "" : matches.count === 0 ? "none" : matches.count.toLocaleString("en") + " found";
  }

  walkMatches(by) {
    const matches = this.events?.matches;
    if (!matches || matches.count === 0) return;
    const now = this.events.selected;
    let place = now < 0 ? (by > 0 ? 0 : matches.count - 1) : matches.placeOf(by > 0 ? now + 1 : now) + (by > 0 ? 0 : -1);
    place = (place + matches.count) % matches.count;
    this.hits.textContent = `${(place + 1).toLocaleString("en")} of ${matches.count.toLocaleString("en")}`;
    this.select(this.active, matches.items[place]);
  }

  setFollow(on) {
    this.view.follows = on;
    this.follow?.setAttribute("aria-pressed", String(on));
    if (on) this.view.show(this.view.length - Math.min(this.view.length, 30) * 0.95, this.view.length + Math.min(this.view.length, 30) * 0.05);
  }

  // More events have come.
  grow() {
    if (!this.timelines.length) return;
    this.view.grow(Math.max(...this.sessions.map(s => s.length)));
    this.follow?.setAttribute("aria-pressed", String(this.view.follows));
    this.metaLine.replaceChildren(...this.meta());
    for (const timeline of this.timelines) timeline.update();
    if (this.view.follows && !this.events.filtered) {
      this.events.resize();
      this.events.scrollTo(this.events.count);
    } else this.events.resize();
  }

  key(key) {
    switch (key) {
      case "f": if (this.failedStep) this.showStep(this.failedStep); return true;
      case "d": this.showDifference(); return true;
      case "s": this.search?.focus(); this.search?.select(); return true;
      case "n": this.walkMatches(1); return true;
      case "N": this.walkMatches(-1); return true;
      case "l": if (this.page.live) this.setFollow(!this.view.follows); return true;
      case "g": this.timelines[0]?.canvas.focus(); return true;
      case "e": this.events?.scroller.focus(); return true;
      default: return false;
    }
  }
}

async function copyText(text, button) {
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(button.previousElementSibling);
    button.textContent = "Press Ctrl+C";
  }
}
