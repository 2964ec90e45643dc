// The page of openings: asks what its form and its address say, and shows what fits (fitting.js).
(() => {
  "use strict";
  const data = window.trackmixOpenings;
  const [form, list, more, said, narrow] = ["filter", "openings", "more", "count", "narrow"].map((id) => document.getElementById(id));
  const field = form.elements, boxes = [...form.querySelectorAll("[name=track]")];
  const STEP = 50, SUGGESTED = 20; // the first as in reports/site/openings.py
  if (!data) { // the file beside this one was not taken along
    form.remove();
    document.documentElement.classList.remove("awaited");
    said.textContent = "The newest openings. The file openings.js, which has them all, is missing beside this page.";
    return;
  }
  const { size, areas, companies, called, whole, suggested, fitting, told } = openingsOf(data);

  // --- what is asked

  let linked = null; // the area that the address names, which may have no opening

  // null: everywhere; undefined: none is called so
  function areaAsked() {
    if (!field.area.value.trim()) return null;
    return linked?.called === field.area.value ? linked : suggested(areas, field.area.value)[0];
  }

  // the companies so called, else those whose name has a word that begins so; null: any
  function companiesAsked() {
    const wanted = field.company.value.trim(), found = suggested(companies, wanted);
    const same = found.filter((one) => one.folded === folded(wanted));
    return wanted ? new Set((same.length ? same : found).map(({ number }) => number)) : null;
  }

  const asked = () => ({
    area: areaAsked(), hiring: companiesAsked(), words: folded(field.words.value).split(/\s+/).filter(Boolean),
    kinds: new Set(boxes.filter((box) => box.checked).map((box) => data.tracks.indexOf(box.value))), level: data.levels.indexOf(field.level.value),
    isRemote: field.remote.checked, payFrom: field.pay_from.value && Number(field.pay_from.value), sort: field.sort.value,
  });

  // --- the address

  const WORDS = ["words", "company", "level"];

  function read() {
    const address = new URLSearchParams(location.hash.slice(1));
    form.reset();
    linked = areaIn(address);
    field.area.value = linked?.called ?? address.get("wide_area") ?? address.get("metro") ?? address.get("area") ?? "";
    for (const name of WORDS) field[name].value = address.get(name) ?? "";
    field.pay_from.value = Number(address.get("pay_from")) || "";
    field.sort.value = address.get("sort") ?? "newest";
    for (const select of [field.level, field.sort]) if (select.selectedIndex < 0) select.selectedIndex = 0;
    field.remote.checked = address.has("remote");
    for (const box of boxes) box.checked = address.getAll("track").includes(box.value);
  }

  // the area that an address names by the fields of a scope
  function areaIn(address) {
    const [wide, metro, country, region, city, km] = ["wide_area", "metro", "country", "region", "city", "within_km"].map((name) => address.get(name));
    if (wide ?? metro) return areas.find((one) => one.kind === (wide ? "wide_area" : "metro") && one.called === (wide ?? metro));
    if (!country) return null;
    const kind = city ? "city" : region ? "region" : "country";
    const same = (one) => one.kind === kind && one.country === country && (one.region ?? null) === region && (one.city ?? null) === city;
    const area = areas.find(same) ?? { kind, country, region, city, latitude: null, longitude: null, called: called({ city, region, country }) };
    return km > 0 ? { ...area, within_km: Number(km), called: `${area.called} and ${Number(km)} km around` } : area;
  }

  function written(area) {
    const address = new URLSearchParams(), { kind, country, region, city, within_km: km } = area ?? {};
    const put = (name, value) => { if (value) address.append(name, value); };
    if (kind === "wide_area" || kind === "metro") put(kind, area.called);
    else if (area) Object.entries({ country, region, city, within_km: km }).forEach(([name, value]) => put(name, value));
    else put("area", field.area.value.trim());
    for (const box of boxes) put("track", box.checked && box.value);
    for (const name of WORDS) put(name, field[name].value.trim());
    put("pay_from", field.pay_from.value);
    put("remote", field.remote.checked && "1");
    put("sort", field.sort.value !== "newest" && field.sort.value);
    return String(address);
  }

  let waiting = 0;
  function keep(area) { // a browser takes only so many addresses in a while
    clearTimeout(waiting);
    waiting = setTimeout(() => { const hash = written(area); history.replaceState(null, "", hash ? `#${hash}` : location.href.split("#")[0]); }, 200);
  }

  // --- the page

  let found = [], shown = 0;

  function make(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  function item(row) {
    const { title, url, company, path, track, pay, words, on, published } = told(row);
    const name = /^https?:/i.test(url) ? make("a", { href: url, rel: "noreferrer nofollow" }, title) : make("span", {}, title);
    const line = make("li", { tabIndex: -1 }, make("p", { className: "title" }, name), make("p", { className: pay ? "pay" : "pay unstated" }, pay || "pay not stated"),
      make("p", { className: "facts" }, path ? make("a", { href: path }, company) : make("span", {}, company), ...words.map((word) => make("span", {}, word))),
      make("time", { dateTime: on }, published));
    line.dataset.track = track;
    return line;
  }

  function showMore() {
    const next = found.slice(shown, shown + STEP).map(item);
    list.append(...next);
    shown += next.length;
    more.hidden = shown === found.length;
    more.textContent = `Show ${Math.min(STEP, found.length - shown)} more of ${whole(found.length - shown)}`;
    return next[0];
  }

  const isOpen = () => form.classList.contains("open"); // the filters, on a narrow screen

  function say(filter, silent) {
    const place = filter.area === undefined ? `: no area called “${field.area.value.trim()}” has any` : filter.area ? ` in ${filter.area.called}` : "";
    const pay = filter.payFrom && silent ? `; ${whole(silent)} more ${silent === 1 ? "states" : "state"} no pay` : "";
    const of = found.length === size ? "" : ` of ${whole(size)}`;
    said.replaceChildren(make("strong", {}, whole(found.length)), `${of} ${size === 1 ? "opening" : "openings"}${place}${pay}`);
    const narrowed = [filter.area !== null, filter.hiring, filter.kinds.size, filter.level >= 0, filter.isRemote, filter.payFrom].filter(Boolean).length;
    narrow.textContent = isOpen() ? `Show ${whole(found.length)} ${found.length === 1 ? "opening" : "openings"}` : narrowed ? `Filters: ${narrowed} set` : "Filters";
  }

  function offer(id, entries, text) {
    const names = new Set(suggested(entries, text).slice(0, SUGGESTED).map((entry) => entry.called));
    document.getElementById(id).replaceChildren(...[...names].map((value) => make("option", { value })));
  }

  function refresh() {
    const filter = asked(), { rows, counts, silent } = fitting(filter), all = Math.max(1, counts.reduce((sum, one) => sum + one, 0));
    [found, shown] = [rows, 0];
    list.replaceChildren();
    showMore();
    say(filter, silent);
    boxes.forEach((box, at) => {
      box.closest("label").querySelector("output").textContent = whole(counts[at]);
      box.closest("label").style.setProperty("--part", counts[at] / all);
    });
    offer("areas", areas, field.area.value);
    offer("companies", companies, field.company.value);
    return filter.area;
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => keep(refresh()));
  field.sort.addEventListener("input", () => keep(refresh()));
  document.getElementById("clear").addEventListener("click", () => { form.reset(); keep(refresh()); field.words.focus(); });
  more.addEventListener("click", () => showMore().focus());
  narrow.addEventListener("click", () => { narrow.setAttribute("aria-expanded", String(form.classList.toggle("open"))); refresh(); });
  addEventListener("hashchange", () => { read(); refresh(); });
  read();
  refresh();
  document.documentElement.classList.remove("awaited");
})();
