// Which of the openings of openings.js fit what is asked, as `trackmix openings` answers; filter.js asks and shows them.
"use strict";
function openingsOf(data) {
  const MOST_PLACES = 3; // as in reports/site/openings.py

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
    if (area.kind === "wide_area") return area.countries.includes(place.country) || area.countries.includes(`${place.country}, ${place.region}`);
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

  // --- what fits

  // those called so, or also called so, then those whose name begins so, then those with a word that does
  function suggested(entries, text) {
    const wanted = folded(text.trim()), name = wanted.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
    const is = (entry) => entry.folded === wanted || entry.also?.includes(name), rank = (entry) => (is(entry) ? 0 : entry.folded.startsWith(wanted) ? 1 : 2);
    return wanted ? entries.filter((entry) => is(entry) || begins(entry.folded, wanted)).sort((a, b) => rank(a) - rank(b)) : [];
  }

  // the rows that fit, how many of each track fit all else, and how many would fit but state no pay
  function fitting({ area, hiring, words, kinds, level, isRemote, payFrom, sort }) {
    const counts = new Uint32Array(data.tracks.length), rows = [], { inside, pay } = within(area ?? null), finders = words.map(finder);
    let silent = 0;
    for (let row = 0; row < size && area !== undefined; row += 1) {
      if ((level >= 0 && levels[row] !== level) || (isRemote && !remote[row]) || (hiring && !hiring.has(company[row]))) continue;
      if ((inside && !hasMarked(placesOf, row, inside)) || !finders.every((one) => isNamed(row, one))) continue;
      const isOfKind = !kinds.size || kinds.has(tracks[row]), isPaid = !payFrom || pay.high[row] >= payFrom;
      if (isPaid) counts[tracks[row]] += 1;
      if (isOfKind && isPaid) rows.push(row);
      else if (isOfKind && Number.isNaN(pay.high[row])) silent += 1;
    }
    const worth = (row) => (Number.isNaN(pay.high[row]) ? -1 : pay.high[row]);
    if (sort === "company") rows.sort((a, b) => company[a] - company[b] || a - b);
    if (sort === "pay") rows.sort((a, b) => worth(b) - worth(a) || a - b);
    return { rows, counts, silent };
  }

  // --- a row in words

  const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0, roundingMode: "halfEven" }).format; // as Python rounds
  const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" "); // a browser's own words for them differ
  const day = (date) => `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;

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

  const skillNumbers = new Map(data.skills.map((skill, number) => [skill, number]));
  const names = (row, skill) => skillsOf.of(row).includes(skillNumbers.get(skill));

  // a row as people read it, with its pay and its places for the area asked for last
  function told(row) {
    const level = data.levels[levels[row]], published = new Date(Date.parse(data.newest) - days[row] * 864e5);
    const where = [whereOf(row), remote[row] ? "remote" : ""].filter(Boolean);
    return {
      title: titles[row], url: data.url_starts[urlStart[row]] + urlEnds[row], company: data.companies[company[row]], path: data.company_paths[company[row]],
      track: data.tracks[tracks[row]], pay: payOf(row), on: published.toISOString().slice(0, 10), published: day(published),
      where,
      words: [data.titles_of_tracks[tracks[row]], level === "unknown" ? "" : level, ...where].filter(Boolean),
    };
  }

  const skillsNamed = (row) => Array.from(skillsOf.of(row), (number) => data.skills[number]);
  return { size, areas: areasOf(), companies, called, whole, suggested, fitting, names, skillsOf: skillsNamed, told };
}
