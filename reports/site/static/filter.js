// Filters and sorts the openings that openings.js carries, as `trackmix openings` does; what is asked stands in the address.
(() => {
  "use strict";
  const data = window.trackmixOpenings;
  const [form, list, more, said, narrow] = ["filter", "openings", "more", "count", "narrow"].map((id) => document.getElementById(id));
  const field = form.elements, boxes = [...form.querySelectorAll("[name=track]")];
  const STEP = 50, MOST_PLACES = 3, SUGGESTED = 20; // the first two as in reports/site/openings.py
  if (!data) { // the file beside this one was not taken along
    form.remove();
    document.documentElement.classList.remove("asked");
    said.textContent = "The newest openings. The file openings.js, which has them all, is missing beside this page.";
    return;
  }

  // --- the rows: a number or a text for each, in columns

  const size = data.tracks_of.length;
  const digits = (text) => Uint8Array.from(text, Number);
  // a missing number is NaN, which is neither more nor less than any
  const numbers = (column) => Float64Array.from(column, (one) => one ?? NaN);
  const lines = (text) => (size ? text.split("\n") : []);

  // several numbers a row: those of row i are values[from[i]] to values[from[i + 1] - 1]
  function lists(text) {
    const from = new Uint32Array(size + 1), values = new Uint32Array(text.length);
    let row = 0, found = 0, number = -1;
    for (let at = 0; at <= text.length; at += 1) {
      const code = at < text.length ? text.charCodeAt(at) : 10; // the last line has no end
      if (code > 32) {
        number = Math.max(number, 0) * 36 + (code < 58 ? code - 48 : code - 87);
        continue;
      }
      if (number >= 0) values[found++] = number;
      number = -1;
      if (code === 10) from[row += 1] = found;
    }
    return { from, values: values.slice(0, found), of: (one) => values.subarray(from[one], from[one + 1]) };
  }

  const titles = lines(data.titles), foldedTitles = lines(folded(data.titles)), urlEnds = lines(data.url_ends);
  const tracks = digits(data.tracks_of), levels = digits(data.levels_of), remote = digits(data.is_remote);
  const company = Uint32Array.from(data.companies_of), urlStart = Uint32Array.from(data.url_starts_of), days = numbers(data.days_before);
  const own = { low: numbers(data.pay_low_usd), high: numbers(data.pay_high_usd) };
  const placesOf = lists(data.places_of), skillsOf = lists(data.skills_of);
  const places = data.places.map(([country, region, city, latitude, longitude]) => ({ country, region, city, latitude, longitude }));
  // whether any of a row's numbers is marked
  function hasMarked({ from, values }, row, marked) {
    for (let at = from[row]; at < from[row + 1]; at += 1) if (marked[values[at]]) return true;
    return false;
  }

  // --- areas: what they are called, what lies in them, and what is paid there (lies_in and pay_in in warehouse/macros/scope.sql)

  const countryName = (code) => data.countries[code] ?? code;
  const spelled = (...names) => names.filter((name, at) => name && name !== names[at - 1]).join(", ");
  const called = ({ city, region, country }) => spelled(city, region, countryName(country));
  const hasPoint = ({ latitude, longitude }) => latitude !== null && longitude !== null;

  function kilometres(a, b) {
    const radians = (degrees) => (degrees * Math.PI) / 180, bend = (from, to) => Math.sin(radians(to - from) / 2) ** 2;
    const across = Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * bend(a.longitude, b.longitude);
    return 12742 * Math.asin(Math.min(1, Math.sqrt(bend(a.latitude, b.latitude) + across)));
  }

  function liesIn(area, place) {
    if (area.kind === "wide_area") return area.countries.includes(place.country);
    if (area.within_km && hasPoint(area) && hasPoint(place) && kilometres(area, place) <= area.within_km) return true;
    if (place.country !== area.country || area.kind === "country") return place.country === area.country;
    return place.region === area.region && (area.kind === "region" || place.city === area.city);
  }

  // every area that has an opening, the largest first
  function areasOf() {
    const openings = new Uint32Array(places.length), found = new Map();
    for (const place of placesOf.values) openings[place] += 1;
    const wide = Object.entries(data.wide_areas).map(([name, countries]) => ({ kind: "wide_area", called: name, countries }));
    const circles = data.metros.map((metro) => ({ kind: "metro", ...metro }));
    places.forEach((place, at) => {
      if (!openings[at]) return; // only a range of pay names it
      const { country, region, city } = place, around = [{ kind: "country", country }];
      if (region) around.push({ kind: "region", country, region });
      if (city) around.push({ kind: "city", ...place });
      for (const area of [...around, ...[...wide, ...circles].filter((one) => liesIn(one, place))]) {
        const key = [area.kind, area.called, area.country, area.region, area.city].join("|");
        if (!found.has(key)) found.set(key, { ...area, openings: 0 });
        found.get(key).openings += openings[at];
      }
    });
    return named([...found.values()].sort((a, b) => b.openings - a.openings));
  }

  // each area with its name; a region that is called as a city of it says so
  function named(all) {
    const cities = new Set(all.filter(({ kind }) => kind === "city").map(called));
    for (const area of all) {
      area.called ??= area.kind === "region" && cities.has(called(area)) ? spelled(`${area.region} (region)`, countryName(area.country)) : called(area);
      area.folded = folded(area.called);
      area.also = data.also[area.kind === "wide_area" ? area.called : [area.country, area.region, area.city].join("|")];
    }
    return all;
  }

  // how near to an area a range of pay is tied: 1 inside, 2 to its region, 3 to its country or to none, 0 elsewhere
  function nearness(area, place) {
    if (area && place && liesIn(area, place)) return 1;
    if (area?.kind === "country" || (place?.country ?? null) !== (area?.country ?? null) || place?.city) return 0;
    if (!place?.region) return 3;
    return place.region === area.region ? 2 : 0;
  }

  // what each opening states for an area, null being everywhere
  function paidIn(area) {
    const low = own.low.slice(), high = own.high.slice();
    for (const [row, [isOfSeveral, ...ranges]] of Object.entries(data.ranges)) {
      const near = ranges.map(([place]) => nearness(area, place === null ? null : places[place])), nearest = Math.min(...near.filter(Boolean));
      const tied = ranges.filter((_, at) => near[at] === nearest);
      if (tied.length) {
        low[row] = Math.min(...tied.map(([, from]) => from));
        high[row] = Math.max(...tied.map(([, , to]) => to));
      } else if (area && isOfSeveral) low[row] = high[row] = NaN;
    }
    return { low, high };
  }

  let known = { area: null, inside: null, pay: paidIn(null) }; // of the area asked for last
  function within(area) {
    if (known.area !== area) known = { area, inside: area && Uint8Array.from(places, (place) => liesIn(area, place)), pay: paidIn(area) };
    return known;
  }

  // --- words: each begins a word of the title, the company, a place or a skill

  const letter = /[\p{L}\p{N}]/u;
  function begins(text, word) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) if (!at || !letter.test(text[at - 1])) return true;
    return false;
  }

  const companies = data.companies.map((name, number) => ({ called: name, folded: folded(name), number }));
  const foldedSkills = data.skills.map(folded);
  const foldedPlaces = places.map(({ city, region, country }) => folded([city, region, countryName(country)].join("\n")));
  const marks = (names, word) => Uint8Array.from(names, (name) => begins(name, word));
  const finder = (word) => ({ word, ofCompany: marks(companies.map((one) => one.folded), word), ofPlace: marks(foldedPlaces, word), ofSkill: marks(foldedSkills, word) });
  const isNamed = (row, { word, ofCompany, ofPlace, ofSkill }) =>
    ofCompany[company[row]] || begins(foldedTitles[row], word) || hasMarked(placesOf, row, ofPlace) || hasMarked(skillsOf, row, ofSkill);

  // --- what is asked, and what fits

  const areas = areasOf();
  let linked = null; // the area that the address names, which may have no opening

  // those called so, or also called so, then those whose name begins so, then those with a word that does
  function suggested(entries, text) {
    const wanted = folded(text.trim()), name = wanted.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
    const is = (entry) => entry.folded === wanted || entry.also?.includes(name), rank = (entry) => (is(entry) ? 0 : entry.folded.startsWith(wanted) ? 1 : 2);
    return wanted ? entries.filter((entry) => is(entry) || begins(entry.folded, wanted)).sort((a, b) => rank(a) - rank(b)) : [];
  }

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
    area: areaAsked(), hiring: companiesAsked(), words: folded(field.words.value).split(/\s+/).filter(Boolean).map(finder),
    kinds: new Set(boxes.filter((box) => box.checked).map((box) => data.tracks.indexOf(box.value))), level: data.levels.indexOf(field.level.value),
    isRemote: field.remote.checked, payFrom: field.pay_from.value && Number(field.pay_from.value),
  });

  // the rows that fit, how many of each track fit all else, and how many would fit but state no pay
  function fitting({ area, hiring, words, kinds, level, isRemote, payFrom }) {
    const counts = new Uint32Array(data.tracks.length), rows = [], { inside, pay } = within(area ?? null);
    let silent = 0;
    for (let row = 0; row < size && area !== undefined; row += 1) {
      if ((level >= 0 && levels[row] !== level) || (isRemote && !remote[row]) || (hiring && !hiring.has(company[row]))) continue;
      if ((inside && !hasMarked(placesOf, row, inside)) || !words.every((word) => isNamed(row, word))) continue;
      const isOfKind = !kinds.size || kinds.has(tracks[row]), isPaid = !payFrom || pay.high[row] >= payFrom;
      if (isPaid) counts[tracks[row]] += 1;
      if (isOfKind && isPaid) rows.push(row);
      else if (isOfKind && Number.isNaN(pay.high[row])) silent += 1;
    }
    const worth = (row) => (Number.isNaN(pay.high[row]) ? -1 : pay.high[row]);
    if (field.sort.value === "company") rows.sort((a, b) => company[a] - company[b] || a - b);
    if (field.sort.value === "pay") rows.sort((a, b) => worth(b) - worth(a) || a - b);
    return { rows, counts, silent };
  }

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
    if (!field.sort.value) field.sort.value = "newest";
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

  const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0, roundingMode: "halfEven" }).format; // as Python rounds
  const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  let found = [], shown = 0;

  function make(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  function payOf(row) {
    const { low, high } = known.pay, ends = [...new Set([low[row], high[row]].map((end) => whole(end / 1000)))];
    return Number.isNaN(low[row] + high[row]) ? "" : `$${ends.join("–")}k`;
  }

  // where it is: places inside the area asked for first
  function whereOf(row) {
    const lies = (place) => (known.inside?.[place] ? 0 : 1), name = ({ city, region, country }) => city ?? region ?? countryName(country);
    const pairs = Array.from(placesOf.of(row), (place) => [lies(place), name(places[place])]);
    const names = [...new Set(pairs.sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0)).map(([, one]) => one))];
    return names.slice(0, MOST_PLACES).join(", ") + (names.length > MOST_PLACES ? ` and ${names.length - MOST_PLACES} more` : "");
  }

  function item(row) {
    const url = data.url_starts[urlStart[row]] + urlEnds[row], path = data.company_paths[company[row]], name = data.companies[company[row]];
    const title = /^https?:/i.test(url) ? make("a", { href: url, rel: "noreferrer nofollow" }, titles[row]) : make("span", {}, titles[row]);
    const level = data.levels[levels[row]], pay = payOf(row);
    const words = [data.titles_of_tracks[tracks[row]], level === "unknown" ? "" : level, whereOf(row), remote[row] ? "remote" : ""].filter(Boolean);
    const published = new Date(Date.parse(data.newest) - days[row] * 864e5);
    const line = make("li", { tabIndex: -1 }, make("p", { className: "title" }, title), make("p", { className: pay ? "pay" : "pay unstated" }, pay || "pay not stated"),
      make("p", { className: "facts" }, path ? make("a", { href: path }, name) : make("span", {}, name), ...words.map((word) => make("span", {}, word))),
      make("time", { dateTime: published.toISOString().slice(0, 10) }, day.format(published)));
    line.dataset.track = data.tracks[tracks[row]];
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
  document.documentElement.classList.remove("asked");
})();
