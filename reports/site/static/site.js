// Comforts of the pages: dark or light, sorting, searching. Everything can be read without.
"use strict";
const remembered = "trackmix-theme";
const root = document.documentElement;

function keep(theme) {
  root.dataset.theme = theme;
  try { localStorage.setItem(remembered, theme); } catch { /* a browser that keeps nothing */ }
}

function isDark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function offerTheme(button) {
  const say = () => { button.textContent = isDark() ? "Light" : "Dark"; button.setAttribute("aria-label", `Switch to ${isDark() ? "light" : "dark"}`); };
  button.addEventListener("click", () => { keep(isDark() ? "light" : "dark"); say(); });
  say();
}

// the value a cell is sorted by: its first number, or its words; cells without a figure come last
function valueOf(row, column) {
  const words = row.cells[column].textContent.trim();
  const number = parseFloat(words.replace(/[$,\s]/g, ""));
  return { words, number, isNumber: !Number.isNaN(number) && /^[$\d.,-]/.test(words), isEmpty: /^(–|none|)$/.test(words) };
}

function sortBy(table, column, downwards) {
  const rows = [...table.tBodies[0].rows].map((row) => [valueOf(row, column), row]);
  rows.sort(([a], [b]) => {
    if (a.isEmpty !== b.isEmpty) return a.isEmpty ? 1 : -1;
    const by = a.isNumber && b.isNumber ? a.number - b.number : a.words.localeCompare(b.words);
    return downwards ? -by : by;
  });
  table.tBodies[0].append(...rows.map(([, row]) => row));
}

function makeSortable(table) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    if (head.classList.contains("plain")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const first = table.tBodies[0].rows[0];
      const sorted = head.getAttribute("aria-sort");
      const downwards = sorted ? sorted === "ascending" : Boolean(first) && valueOf(first, column).isNumber;
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", downwards ? "descending" : "ascending");
      sortBy(table, column, downwards);
    });
  });
}

const folded = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// the names that begin so, then those with a word that does; the order of the list is that of importance
function find(asked, isOffered, most = 12) {
  const wanted = folded(asked.trim());
  if (!wanted) return [];
  const entries = window.trackmixFinds.filter(isOffered);
  const begins = (name) => name.startsWith(wanted);
  const words = (name) => name.split(/[^\p{L}\p{N}]+/u);
  const rank = (names) => names[0] === wanted ? 0 : names.includes(wanted) ? 1 : names.some(begins) ? 2 : names.some((name) => words(name).some(begins)) ? 3 : 4;
  const ranks = [[], [], [], [], []];
  entries.forEach((entry) => ranks[rank(entry.names ??= [entry[0], ...(entry[3] ?? [])].map(folded))].push(entry));
  return ranks.slice(0, 4).flat().slice(0, most);
}

// the places without an opening, written shorter: their names under what lies around them
function unpacked(around) {
  return around.flatMap(([called, page, names]) => names.map((name) => [name, `no opening; opens ${called}`, page, null, true]));
}

// runs scripts that a page does without at first, each once
const running = {};
function run(...sources) {
  return Promise.all(sources.map((source) => running[source] ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    [script.src, script.onload] = [source, done];
    script.onerror = () => failed(source);
    document.head.append(script);
  })));
}

let names = null; // of the search box
const runNames = (path) => names ??= run(`${path}search.js`).then(() => window.trackmixFinds.push(...unpacked(window.trackmixElsewhere)));

// a search box that goes where `go` says with what is chosen: its page, and how it is called
function offerSearch(form, go, isOffered = () => true) {
  const input = form.querySelector("input");
  const list = form.querySelector("ul");
  const path = form.dataset.root;
  let chosen = -1;

  const loaded = (then) => runNames(path).then(then, () => {});
  function choose(number) {
    const options = list.querySelectorAll("[role=option]");
    chosen = options.length ? (number + options.length) % options.length : -1;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    options[chosen]?.scrollIntoView({ block: "nearest" });
    if (chosen >= 0) input.setAttribute("aria-activedescendant", options[chosen].id);
    else input.removeAttribute("aria-activedescendant");
  }
  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    choose(-1);
  }
  function show() {
    const found = find(input.value, isOffered);
    list.replaceChildren(...found.map(([name, note, page, , isElsewhere], number) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${number}`;
      option.setAttribute("role", "option");
      option.dataset.called = name;
      option.dataset.page = isElsewhere ? `${page}?asked=${encodeURIComponent(name)}` : page;
      const small = document.createElement("small");
      small.textContent = note;
      option.append(name, " ", small);
      return option;
    }));
    const isAsked = input.value.trim() !== "";
    form.querySelector("[role=status]").textContent = !isAsked ? "" : found.length ? `${found.length} found` : "No such place or company here";
    form.querySelector(".none").hidden = !isAsked || found.length > 0;
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    choose(found.length ? 0 : -1);
  }
  const take = (option) => { if (option) { close(); go(option.dataset.page, option.dataset.called); } };

  form.addEventListener("submit", (event) => { event.preventDefault(); loaded(() => { show(); take(list.children[chosen]); }); });
  input.addEventListener("focus", () => loaded(() => {}));
  input.addEventListener("input", () => loaded(show));
  input.addEventListener("blur", () => setTimeout(close, 150));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (list.hidden || !["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) return;
    event.preventDefault();
    if (event.key === "Enter") take(list.children[chosen]);
    else choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
  });
  list.addEventListener("mousedown", (event) => take(event.target.closest("[role=option]")));
}

// a page that was opened for a place without an opening says so
function sayAsked(line) {
  const asked = new URLSearchParams(location.search).get("asked");
  if (!asked) return;
  line.querySelector("span").textContent = asked;
  line.hidden = false;
}

function offerCopy(button) {
  const words = document.getElementById(button.dataset.copies);
  button.addEventListener("click", () => {
    getSelection().selectAllChildren(words);
    document.execCommand("copy"); // a page opened from disk may use nothing newer
    button.textContent = "Copied";
  });
}

document.querySelectorAll("#theme").forEach(offerTheme);
document.querySelectorAll("table.sorts").forEach(makeSortable);
document.querySelectorAll("form.find[data-root]:not(#picks form)").forEach((form) => offerSearch(form, (page) => { location.href = form.dataset.root + page; }));
document.querySelectorAll("#asked").forEach(sayAsked);
document.querySelectorAll("[data-copies]").forEach(offerCopy);
