// Ranks the six tracks for three answers, by the rule of reports/choose.py.
(() => {
  "use strict";
  const data = JSON.parse(document.querySelector("#choose-data").textContent);
  const titles = Object.fromEntries(data.tracks.map(({ name, title }) => [name, title]));
  const form = document.querySelector("#choose");
  const targets = document.querySelector("#targets");
  const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);
  const mean = (numbers) => sum(numbers) / numbers.length;
  const folded = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();

  // --- the rule

  // a share with its 95 % interval (Wilson 1927), of postings drawn one by one
  function share(count, all) {
    const middle = count + 1.9208, half = 1.96 * Math.sqrt(count * (all - count) / all + 0.9604);
    return { value: count / all, low: Math.max(0, (middle - half) / (all + 3.8416)), high: Math.min(1, (middle + half) / (all + 3.8416)) };
  }

  // the openings of companies together, and whether they are enough to rank by
  function atCompanies(names) {
    const postings = Object.fromEntries(data.tracks.map(({ name }) => [name, sum(names.map((company) => data.companies[company][name] ?? 0))]));
    const all = sum(Object.values(postings));
    return { called: names.join(" + "), all, isEnough: all >= data.least_at_targets, shareOf: (track) => share(postings[track], all) };
  }

  // an area's openings; what the interval of a share is there, for postings of a company are alike, the page was told
  function inArea(area) {
    const all = sum(Object.values(area.postings));
    const shareOf = (track) => ({ value: area.postings[track] / all, low: area.limits[track][0], high: area.limits[track][1] });
    return { ...area, all, isEnough: true, shareOf };
  }

  const fitOf = (question, answer, track) => data.fits.find((fit) => fit.question === question && fit.answer === answer && fit.track === track);

  function partsOf(background, day, shares) {
    const parts = [["background", background], ["day", day]].map(([called, { fit }]) => {
      const value = fit / data.best_fit;
      return { called, value, low: value, high: value };
    });
    if (shares.length) {
      const [value, low, high] = ["value", "low", "high"].map((limit) => mean(shares.map((one) => one[limit])));
      parts.push({ called: "market", value, low, high });
    }
    return parts;
  }

  // the tracks, the best first; `markets` are the area and the companies, those that are enough to rank by
  function rank(background, day, markets) {
    const choices = data.tracks.map(({ name }) => {
      const choice = { track: name, background: fitOf("background", background, name), day: fitOf("day", day, name) };
      choice.parts = partsOf(choice.background, choice.day, markets.map(({ shareOf }) => shareOf(name)));
      for (const limit of ["value", "low", "high"]) choice[limit] = 100 * mean(choice.parts.map((part) => part[limit]));
      choice.switches = data.switches.filter((one) => one.from_track === name).sort((a, b) => b.in_common - a.in_common);
      return choice;
    });
    for (const choice of choices) {
      const others = choices.filter((other) => other !== choice);
      choice.rank = 1 + others.filter((other) => other.value > choice.value + data.alike).length;
      choice.from = 1 + others.filter((other) => other.low > choice.high + data.alike).length;
      choice.to = 1 + others.filter((other) => other.high > choice.low - data.alike).length;
    }
    return choices.sort((a, b) => a.rank - b.rank);
  }

  // --- the answers

  // an area by its whole name, else the one with the most openings whose name begins so
  function areaCalled(words) {
    const wanted = folded(words), named = data.areas.filter((area) => area.kind !== "world");
    if (!wanted) return data.areas.find((area) => area.kind === "world");
    return named.find((area) => folded(area.called) === wanted) ?? named.find((area) => folded(area.called).startsWith(`${wanted},`));
  }

  function answers() {
    const companies = Object.keys(data.companies), unknown = [], names = new Set();
    for (const { value } of targets.querySelectorAll("input")) {
      const found = companies.find((company) => folded(company) === folded(value));
      if (found !== undefined) names.add(found);
      else if (value.trim()) unknown.push(value.trim());
    }
    const area = areaCalled(form.elements.area.value);
    return {
      background: form.elements.background.value, day: form.elements.day.value, asked: form.elements.area.value.trim(), unknown,
      area: area && inArea(area),
      companies: names.size ? atCompanies([...names]) : null,
    };
  }

  // --- the page

  function make(tag, properties = {}, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }
  const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0, roundingMode: "halfEven" }).format; // as Python rounds
  const percent = (number) => `${whole(100 * number)}%`;
  const range = (low, high) => (low === high ? low : `${low}–${high}`);

  function bar({ value, low, high }) {
    const filled = make("i"), limits = make("b");
    filled.style.width = `${value}%`;
    Object.assign(limits.style, { left: `${low}%`, width: `${high - low}%` });
    const drawn = make("span", { className: "bar" }, filled, limits);
    drawn.setAttribute("aria-hidden", "true");
    return drawn;
  }

  const withLimits = (main, limits) => make("td", {}, main, ...(limits ? [make("br"), make("small", {}, limits)] : []));

  function shareCell({ shareOf, isEnough }, track) {
    if (!isEnough) return make("td", { className: "soft" }, "too few");
    const found = shareOf(track);
    return withLimits(percent(found.value), `${whole(100 * found.low)}–${percent(found.high)}`);
  }

  function row(choice, area, companies) {
    const head = make("th", { scope: "row" }, make("a", { href: `tracks/${choice.track}.html` }, titles[choice.track]), bar(choice));
    const [low, high] = [whole(choice.low), whole(choice.high)];
    const points = make("data", { value: String(choice.value), className: "big" }, whole(choice.value));
    const cells = [
      withLimits(make("span", { className: "big" }, String(choice.rank)), choice.from === choice.to ? null : range(choice.from, choice.to)),
      head,
      withLimits(points, choice.low === choice.high ? null : range(low, high)),
      ...[choice.background, choice.day].map(({ fit }) => make("td", {}, `${fit} of ${data.best_fit}`)),
      ...(area ? [shareCell(area, choice.track), make("td", {}, whole(area.postings[choice.track])), make("td", {}, whole(area.companies[choice.track]))] : []),
      ...(companies ? [shareCell(companies, choice.track)] : []),
    ];
    const line = make("tr", {}, ...cells);
    line.dataset.track = choice.track;
    return line;
  }

  function table(choices, area, companies) {
    const heads = ["Rank", "Track", "Points", "Background", "Day", ...(area ? [`Share, ${area.called}`, "Openings", "Companies"] : []), ...(companies ? [`Share, ${companies.called}`] : [])];
    const caption = make("caption", {}, "Thin line and small figures: what points and rank could be with the shares at the limits of their 95 % intervals.");
    const head = make("thead", {}, make("tr", {}, ...heads.map((words) => make("th", { scope: "col" }, words))));
    const box = make("div", { className: "scroll", tabIndex: 0 }, make("table", { className: "ranked" }, caption, head, make("tbody", {}, ...choices.map((choice) => row(choice, area, companies)))));
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", "Tracks ranked");
    return box;
  }

  function reasons(choice) {
    const because = [["Background", choice.background], ["Day", choice.day]].map(([called, fit]) =>
      make("li", {}, `${called}, ${fit.fit} of ${data.best_fit}: ${fit.because} `, make("small", {}, `Rests on: ${fit.rests_on}.`)));
    const costs = choice.switches.map((one) =>
      make("li", {}, `${titles[one.to_track]}: ${percent(one.in_common)} in common (${one.shared.join(", ")}); to learn: ${one.asked_more.join(", ")}.`));
    return make("details", { open: choice.rank === 1 }, make("summary", {}, `${choice.rank}. ${titles[choice.track]}`),
      make("ul", {}, ...because), make("p", {}, "A switch from it later, by what postings ask for, the nearest first:"), make("ul", {}, ...costs));
  }

  function notes({ asked, unknown, area, companies }, weights) {
    const least = `${data.least_postings} openings of ${data.least_companies} companies`;
    const said = [`Weights: ${weights}.`];
    if (area) said.push(`${area.called}: ${whole(area.all)} openings of the six tracks, of ${data.least_companies} companies or more.`);
    else said.push(asked ? `No area called “${asked}” has at least ${least}: too few to rank by.` : `There are fewer than ${least} everywhere: too few to rank by.`);
    if (companies) said.push(companies.isEnough ? `${companies.called}: ${whole(companies.all)} openings.` : `${companies.called}: fewer than ${data.least_at_targets} openings, too few to rank by.`);
    if (unknown.length) said.push(`No opening of the six tracks is known at ${unknown.map((name) => `“${name}”`).join(", ")}: left out.`);
    if (!area && !companies?.isEnough) said.push("The market is too small to say: ranked by fit alone.");
    const more = area ? [" Pay and seniority are not ranked by: ", make("a", { href: area.page }, "what is known of them there"), "."] : [];
    return make("p", { id: "notes" }, said.join(" "), ...more);
  }

  function say() {
    const given = answers(), section = document.querySelector("#ranking"), status = document.querySelector("#chosen");
    section.hidden = !given.background || !given.day;
    status.textContent = section.hidden ? "Choose a background and a day to see the ranking." : "";
    if (section.hidden) return;
    const choices = rank(given.background, given.day, [given.area, given.companies?.isEnough && given.companies].filter(Boolean));
    const first = choices.filter((choice) => choice.rank === 1), near = choices.filter((choice) => choice.rank > 1 && choice.from === 1);
    const called = (some) => some.map((choice) => titles[choice.track]).join(", ");
    status.textContent = `Nearest to your answers: ${called(first)}, ${whole(first[0].value)} of 100 points.${near.length ? ` It could as well be ${called(near)}.` : ""}`;
    const weights = first[0].parts.map((part) => `${part.called} ${percent(1 / first[0].parts.length)}`).join(", ");
    section.replaceChildren(table(choices, given.area, given.companies), notes(given, weights), make("h2", {}, "Why"), ...choices.map(reasons));
  }

  // an empty field more, once the last is filled
  function offerAnother() {
    const inputs = [...targets.querySelectorAll("input")], last = inputs.at(-1);
    if (!last.value.trim()) return;
    const another = last.cloneNode();
    another.value = another.placeholder = "";
    another.setAttribute("aria-label", `Company ${inputs.length + 1}`);
    targets.append(another);
  }

  const options = (names) => names.map((value) => make("option", { value }));
  document.querySelector("#areas").append(...options(data.areas.filter((area) => area.kind !== "world").map((area) => area.called)));
  document.querySelector("#companies").append(...options(Object.keys(data.companies)));
  document.querySelector("#unscripted").hidden = true;
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => { offerAnother(); say(); });
  say();
})();
