// The page: the run's totals, the list of scenarios, keys, light and dark; and, while a run lasts, its news.

const HELP = [
  ["Scenarios", [["/", "filter the list"], ["j  k", "next, previous scenario"], ["t", "light or dark"], ["?", "these keys"]]],
  ["Scenario", [["f", "to the moment of the failure"], ["d", "to the first difference"], ["s", "search in events"],
    ["n  N", "next, previous match"], ["g", "to the timeline"], ["e", "to the list of events"], ["l", "follow a live run"]]],
  ["On the timeline", [["+  −", "zoom (also the wheel)"], ["←  →", "move (also drag); with Shift further"], ["0", "the whole session"],
    ["Home  End", "to the beginning, to the end"], ["↑  ↓", "choose a lane"], [",  .", "previous, next event of the lane"],
    ["Shift + drag", "measure; z zooms to it"]]],
];

class Page {
  constructor(report) {
    this.report = report;
    this.live = report.live === true;
    this.scenarios = [];
    this.shown = null;
    this.view = null;
    this.status = "all";
    this.element = id => document.getElementById(id);
    for (const scenario of report.scenarios) this.add(scenario);
    this.theme();
    this.listen();
    this.head();
    this.list();
    this.help();
    const wanted = Number(/^#s(\d+)$/.exec(location.hash)?.[1] ?? NaN);
    const first = this.scenarios[wanted] ?? this.visible()[0];
    if (first) this.show(first, false);
    else this.element("scenario").append(make("p", { class: "empty" }, this.live ? "Waiting for the first scenario …" : "Nothing ran."));
    document.documentElement.dataset.ready = "true";
  }

  add(scenario) {
    scenario.number = this.scenarios.length;
    scenario.haystack = [scenario.fullName, scenario.name, scenario.feature, scenario.message, ...(scenario.tags || []).map(t => "@" + t),
      ...(scenario.steps || []).map(s => s.text)].join("\n").toLowerCase();
    this.scenarios.push(scenario);
  }

  counts() {
    const counts = { failed: 0, passed: 0, skipped: 0, other: 0 };
    for (const { status } of this.scenarios) {
      counts[isFailure(status) ? "failed" : status === "passed" || status === "skipped" ? status : "other"]++;
    }
    return counts;
  }

  head() {
    const { report } = this;
    const counts = this.counts();
    this.element("title").textContent = report.title;
    const total = this.scenarios.length;
    const pill = (cls, icon, count, word) => count > 0
      ? make("span", { class: "pill " + cls }, make("b", {}, `${icon} ${count}`), ` ${word}`) : null;
    this.element("totals").replaceChildren(...[
      pill("failed", "✕", counts.failed, "failed"), pill("passed", "✓", counts.passed, "passed"),
      pill("skipped", "–", counts.skipped, "skipped"), this.live ? pill("running", "▸", counts.other, "running") : null,
    ].filter(Boolean));
    const simulated = this.scenarios.reduce((sum, s) => sum + (s.sessions?.[0]?.length || 0), 0);
    const facts = [["Scenarios", total.toLocaleString("en")], ["Simulated", simulated > 0 ? span(simulated) : ""],
      ["Took", report.wall ? span(report.wall) : ""], ["Target", report.target], ["Seed", report.seed], ["Started", report.startedAt]];
    this.element("facts").replaceChildren(...facts.filter(([, value]) => value).flatMap(([name, value]) =>
      [make("div", {}, make("dt", {}, name), make("dd", {}, value))]));
    const bar = this.element("bar");
    bar.setAttribute("aria-label", `${counts.failed} failed, ${counts.passed} passed, ${counts.skipped} skipped`);
    bar.replaceChildren(...["failed", "passed", "skipped", "other"].filter(name => counts[name] > 0).map(name => {
      const part = make("i", { class: name });
      part.style.flexGrow = counts[name];
      return part;
    }));
    const chips = [["all", "All", total], ["failed", "Failed", counts.failed], ["passed", "Passed", counts.passed],
      ["skipped", "Skipped", counts.skipped]];
    this.element("chips").replaceChildren(...chips.filter(([id, , count]) => id === "all" || count > 0).map(([id, label, count]) => {
      const chip = make("button", { type: "button", class: "chip", "aria-pressed": String(this.status === id) }, label, make("small", {}, String(count)));
      chip.addEventListener("click", () => {
        this.status = id;
        this.head();
        this.list();
      });
      return chip;
    }));
  }

  // Failed ones first, else in the order of the features.
  visible() {
    const words = this.element("filter").value.toLowerCase().split(/\s+/).filter(Boolean);
    const rank = s => isFailure(s.status) ? 0 : 1;
    return this.scenarios
      .filter(s => (this.status === "all" || (this.status === "failed" ? isFailure(s.status) : s.status === this.status))
        && words.every(word => s.haystack.includes(word)))
      .sort((a, b) => rank(a) - rank(b) || a.number - b.number);
  }

  list() {
    const groups = [];
    for (const scenario of this.visible()) {
      const failed = isFailure(scenario.status);
      const key = (failed ? "0 " : "1 ") + scenario.feature;
      let group = groups.find(g => g.key === key);
      if (!group) groups.push(group = { key, feature: scenario.feature, failed, items: [] });
      group.items.push(scenario);
    }
    const nodes = groups.map((group, i) => make("section", { class: "group" },
      group.failed && i === 0 ? make("h2", { class: "part bad" }, "Failed") : null,
      !group.failed && groups[i - 1]?.failed ? make("h2", { class: "part" }, "The others") : null,
      group.feature ? make("h3", {}, group.feature) : null,
      ...group.items.map(scenario => this.entry(scenario))));
    if (nodes.length === 0) nodes.push(make("p", { class: "empty" }, "No scenario fits the filter."));
    this.element("list").replaceChildren(...nodes);
  }

  entry(scenario) {
    const entry = make("button", {
      type: "button", class: "entry " + scenario.status, "data-scenario": String(scenario.number),
      "aria-current": this.shown === scenario ? "true" : null,
    },
    make("span", { class: "icon", "aria-hidden": "true" }, ICON[scenario.status] ?? "?"),
    make("span", { class: "quiet" }, scenario.status + ": "),
    make("span", { class: "name" }, scenario.name),
    make("span", { class: "time" }, scenario.sessions?.[0]?.length ? span(scenario.sessions[0].length) : ""));
    entry.addEventListener("click", () => this.show(scenario));
    return entry;
  }

  show(scenario, focus = true) {
    this.view?.dispose();
    this.shown = scenario;
    history.replaceState(null, "", "#s" + scenario.number);
    const host = this.element("scenario");
    host.setAttribute("aria-label", `Scenario ${scenario.name}`);
    this.view = new ScenarioView(host, scenario, this);
    for (const entry of document.querySelectorAll(".entry")) {
      const isShown = Number(entry.dataset.scenario) === scenario.number;
      if (isShown) entry.setAttribute("aria-current", "true"); else entry.removeAttribute("aria-current");
      if (isShown && focus) entry.scrollIntoView({ block: "nearest" });
    }
  }

  step(by) {
    const visible = this.visible();
    const next = visible[visible.indexOf(this.shown) + by];
    if (next) this.show(next);
  }

  hover(timeline, hit, e) {
    const box = this.element("hover");
    if (!hit || !e) {
      box.hidden = true;
      return;
    }
    box.replaceChildren(...hoverText(timeline, hit));
    box.hidden = false;
    const x = e.clientX + 16 + box.offsetWidth > innerWidth ? e.clientX - box.offsetWidth - 12 : e.clientX + 16;
    const y = e.clientY + 20 + box.offsetHeight > innerHeight ? e.clientY - box.offsetHeight - 14 : e.clientY + 20;
    box.style.left = Math.max(4, x) + "px";
    box.style.top = Math.max(4, y) + "px";
  }

  announce(text) {
    this.element("announcer").textContent = text;
  }

  theme(turn = false) {
    const root = document.documentElement;
    let kept = null;
    try { kept = localStorage.getItem("airhil-theme"); } catch { /* a file may have no storage */ }
    const dark = matchMedia("(prefers-color-scheme: dark)");
    let now = root.dataset.theme ?? kept ?? (dark.matches ? "dark" : "light");
    if (turn) {
      now = now === "dark" ? "light" : "dark";
      try { localStorage.setItem("airhil-theme", now); } catch { /* the same */ }
      root.dataset.theme = now;
    } else if (kept) root.dataset.theme = kept;
    else dark.addEventListener("change", () => {
      palette = null;
      this.view?.timelines.forEach(t => t.request());
    });
    palette = null;
    this.view?.timelines.forEach(t => t.request());
  }

  help() {
    const dialog = this.element("keys");
    const close = make("button", { type: "button", class: "close", "aria-label": "Close" }, "✕");
    close.addEventListener("click", () => dialog.close());
    dialog.append(make("h2", { id: "keys-title" }, "Keys"), close, make("div", { class: "columns" }, ...HELP.map(([title, keys]) =>
      make("section", {}, make("h3", {}, title), make("dl", {}, ...keys.flatMap(([key, what]) =>
        [make("dt", {}, ...key.split("  ").map(k => make("kbd", {}, k))), make("dd", {}, what)]))))));
    dialog.addEventListener("click", e => e.target === dialog && dialog.close());
  }

  listen() {
    this.element("filter").addEventListener("input", () => this.list());
    this.element("filter").addEventListener("keydown", e => {
      if (e.key === "Enter" || e.key === "ArrowDown") {
        e.preventDefault();
        document.querySelector(".entry")?.focus();
        if (e.key === "Enter") document.querySelector(".entry")?.click();
      }
    });
    this.element("list").addEventListener("keydown", e => {
      if (e.key !== "ArrowDown" && e.key !== "ArrowUp") return;
      const entries = [...document.querySelectorAll(".entry")];
      const next = entries[entries.indexOf(document.activeElement) + (e.key === "ArrowDown" ? 1 : -1)];
      if (next) e.preventDefault(), next.focus();
    });
    this.element("theme").addEventListener("click", () => this.theme(true));
    this.element("help").addEventListener("click", () => this.element("keys").showModal());
    document.addEventListener("keydown", e => this.key(e));
  }

  key(e) {
    if (e.ctrlKey || e.metaKey || e.altKey || this.element("keys").open) return;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName)) {
      if (e.key === "Escape") e.target.value = "", e.target.dispatchEvent(new Event("input")), e.target.blur();
      return;
    }
    switch (e.key) {
      case "/": this.element("filter").focus(); break;
      case "j": this.step(1); break;
      case "k": this.step(-1); break;
      case "t": this.theme(true); break;
      case "?": this.element("keys").showModal(); break;
      default: if (!this.view?.key(e.key)) return;
    }
    e.preventDefault();
  }

  // ---- live ----

  follow() {
    const news = new EventSource("events");
    let queue = Promise.resolve();
    const then = act => e => queue = queue.then(() => act(JSON.parse(e.data))).catch(error => console.error(error));
    news.addEventListener("begin", then(data => this.begin(data)));
    news.addEventListener("pack", then(data => this.grow(data)));
    news.addEventListener("end", then(data => this.end(data)));
    const tell = (state, text) => {
      this.element("link").textContent = text;
      this.element("link").className = "pill " + state;
      this.announce(text);
    };
    news.addEventListener("open", () => tell("running", "live"));
    news.addEventListener("error", () => tell("failed", "not connected; trying again"));
    news.addEventListener("over", () => {
      news.close();
      tell("skipped", "the run is over");
    });
  }

  begin(data) {
    if (this.scenarios[data.number]) return;
    const live = new Session(data.session);
    this.add({ ...data.scenario, sessions: [{ live, length: 0, events: 0 }] });
    this.head();
    this.list();
    const scenario = this.scenarios[data.number];
    if (this.shown === null || (this.view?.view?.follows && this.shown.status !== "running")) {
      this.show(scenario, false);
      this.view.ready.then(() => this.view.setFollow(true));
    }
  }

  async grow(data) {
    const scenario = this.scenarios[data.number];
    const info = scenario.sessions[0];
    if (data.place !== info.live.packs.length + (info.dropped || 0)) {
      if (data.place < info.live.packs.length + (info.dropped || 0)) return;
      info.dropped = data.place - info.live.packs.length;
    }
    info.live.append(readPack(await inflate(fromBase64(data.pack))));
    info.length = info.live.length;
    info.events = info.live.count;
    const entry = document.querySelector(`.entry[data-scenario="${data.number}"] .time`);
    if (entry) entry.textContent = span(info.length);
    if (this.shown === scenario) await this.view.ready, this.view.grow();
  }

  end(data) {
    const scenario = this.scenarios[data.number];
    if (!scenario) return;
    const sessions = scenario.sessions;
    Object.assign(scenario, data.scenario, { sessions });
    this.head();
    this.list();
    if (this.shown !== scenario) return;
    const { from, to } = this.view.view ?? {};
    this.show(scenario, false);
    if (from !== undefined) this.view.ready.then(() => this.view.view.show(from, to));
  }
}

const page = new Page(JSON.parse(document.getElementById("report").textContent));
if (page.live) page.follow();
