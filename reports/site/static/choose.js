// Ranks the six tracks for three answers, by the rule of reports/choose.py, and says whose openings ask for somebody's skills.
(() => {
  "use strict";
  const form = document.querySelector("#choose");
  const targets = document.querySelector("#targets");
  const status = document.querySelector("#chosen");
  status.dataset.empty = status.textContent;

  function offerRanking() {
    const data = window.trackmixChoose, { pages } = window.trackmixFigures, jobs = openingsOf(window.trackmixOpenings);
    const tracks = window.trackmixFigures.tracks.map(([name]) => name), titles = Object.fromEntries(window.trackmixFigures.tracks);
    const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);
    const mean = (numbers) => sum(numbers) / numbers.length;
    const plain = (words) => folded(words).trim();

    // --- the rule

    // what a page's place or company offers of a track; the names are those of FIGURES in reports/site/figures.py
    const offer = ([postings, companies, value, low, high, ...pay]) => ({ postings, companies, value, low, high, pay });
    const offersOf = (page) => Object.fromEntries(tracks.map((track, at) => [track, offer(pages[page][2 + at])]));
    const world = { ...data.areas[0], offers: offersOf(data.areas[0].page) };
    const all = ({ offers }) => sum(Object.values(offers).map(({ postings }) => postings));

    // the odds of a share against those of the usual one: a half where they are equal
    function against(share, usual) {
      const here = share * (1 - usual), everywhere = usual * (1 - share);
      return here + everywhere ? here / (here + everywhere) : 0.5;
    }
    const limits = ["value", "low", "high"];
    const together = (made) => Object.fromEntries(limits.map((limit) => [limit, made(limit)]));
    const meanOf = (values) => together((limit) => mean(values.map((one) => one[limit])));
    const compared = ({ offers }, track) => together((limit) => against(offers[track][limit], world.offers[track].value));

    const fitOf = (question, answer, track) => data.fits.find((fit) => fit.question === question && fit.answer === answer && fit.track === track);

    // the parts of a track's points; the market is the mean of the area and of the companies, where any is named
    function partsOf(background, day, area, companies, track) {
      const parts = [["background", background], ["day", day]].map(([called, { fit }]) => ({ called, ...together(() => fit / data.best_fit) }));
      const markets = [...(area ? [compared(area, track)] : []), ...(companies.length ? [meanOf(companies.map((one) => compared(one, track)))] : [])];
      if (markets.length) parts.push({ called: "market", ...meanOf(markets) });
      return parts;
    }

    // the tracks, the best first
    function rank(background, day, area, companies) {
      const choices = tracks.map((name) => {
        const choice = { track: name, background: fitOf("background", background, name), day: fitOf("day", day, name) };
        choice.parts = partsOf(choice.background, choice.day, area, companies, name);
        for (const limit of limits) choice[limit] = 100 * mean(choice.parts.map((part) => part[limit]));
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

    // the openings of these tracks in an area, at companies where any are given, the newest first
    function openingsIn(area, kinds, companies) {
      const named = companies && new Set(companies.map(({ called }) => called));
      const hiring = named && new Set(jobs.companies.filter(({ called }) => named.has(called)).map(({ number }) => number));
      const isRemote = area.kind === "remote", asked = { words: [], level: -1, payFrom: 0, sort: "newest", isRemote, hiring };
      return jobs.fitting({ ...asked, area: placeOf(area), kinds: new Set(kinds.map((kind) => tracks.indexOf(kind))) }).rows;
    }

    // an area as the page of openings has it; null is everywhere
    function placeOf(area) {
      if (area.kind === "world" || area.kind === "remote") return null;
      return jobs.areas.find(({ kind, called }) => kind === area.kind && called === (area.city ?? area.called)) ?? area;
    }

    // the newest of these tracks as people read them: of the companies first, half of them where the area has some too
    function fitting(tracks, area, companies) {
      const first = (rows) => rows.slice(0, data.first).map((row) => [row, jobs.told(row)]), half = data.first / 2;
      const atCompanies = companies.length ? first(openingsIn(world, tracks, companies)) : [];
      const inArea = area || !companies.length ? first(openingsIn(area ?? world, tracks)) : [];
      return [...new Map([...atCompanies.slice(0, half), ...inArea, ...atCompanies.slice(half)]).values()].slice(0, data.first);
    }

    // --- the answers

    const hiring = new Map(Object.entries(pages).filter(([, [, kind]]) => kind === "company").map(([page, [called]]) => [called, page]));

    // an area by its whole name, else the one with the most openings whose name begins so
    function areaCalled(words) {
      const wanted = plain(words), named = data.areas.filter((area) => area.kind !== "world");
      if (!wanted) return data.areas.find((area) => area.kind === "world");
      return named.find((area) => plain(area.called) === wanted) ?? named.find((area) => plain(area.called).startsWith(`${wanted},`));
    }

    function answers() {
      const unknown = [], names = new Set();
      for (const { value } of targets.querySelectorAll("input")) {
        const found = [...hiring.keys()].find((company) => plain(company) === plain(value));
        if (found !== undefined) names.add(found);
        else if (value.trim()) unknown.push(value.trim());
      }
      const found = areaCalled(form.elements.area.value);
      return {
        background: form.elements.background.value, day: form.elements.day.value, asked: form.elements.area.value.trim(), unknown,
        shown: found && { ...found, offers: offersOf(found.page) }, skills: skills ? skills.known(form.elements.skills.value) : { have: [], unknown: [] },
        companies: [...names].map((called) => ({ called, offers: offersOf(hiring.get(called)) })),
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
      const drawn = make("span", { className: "bar" }, filled, ...(low === high ? [] : [limits]));
      drawn.setAttribute("aria-hidden", "true");
      return drawn;
    }

    const withLimits = (main, limits) => make("td", {}, main, ...(limits ? [make("br"), make("small", {}, limits)] : []));
    const inPercent = ({ value, low, high }) => [percent(value), low === high ? null : `${whole(100 * low)}–${percent(high)}`];
    const money = ([mid, low, high]) => mid === null ? ["nobody states any", null] : [`$${whole(mid / 1000)}k`, `$${whole(low / 1000)}–${whole(high / 1000)}k`];
    const of = (part, total) => `${whole(part)} of ${whole(total)}`;

    function row(choice, area, companies) {
      const head = make("th", { scope: "row" }, make("a", { href: `tracks/${choice.track}.html` }, titles[choice.track]), bar(choice));
      const points = make("data", { value: String(choice.value), className: "big" }, whole(choice.value));
      const market = choice.parts[2], here = area.offers[choice.track];
      const cells = [
        withLimits(make("span", { className: "big" }, String(choice.rank)), choice.from === choice.to ? null : range(choice.from, choice.to)),
        head,
        withLimits(points, choice.low === choice.high ? null : range(whole(choice.low), whole(choice.high))),
        ...[choice.background, choice.day].map(({ fit }) => make("td", {}, `${fit} of ${data.best_fit}`)),
        market ? withLimits(whole(100 * market.value), `${whole(100 * market.low)}–${whole(100 * market.high)}`) : make("td", {}, "not named"),
        make("td", {}, of(here.postings, all(area))), withLimits(...inPercent(here)), withLimits(...money(here.pay)),
        ...companies.map((one) => make("td", {}, of(one.offers[choice.track].postings, all(one)))),
      ];
      const line = make("tr", {}, ...cells);
      line.dataset.track = choice.track;
      return line;
    }

    const inWords = new Set(["fitting jobs", "beside"]);
    function table(name, caption, heads, rows) {
      const head = make("thead", {}, make("tr", {}, ...heads.map((words) => make("th", { scope: "col", className: inWords.has(name) ? "words" : "" }, words))));
      const box = make("div", { className: "scroll", tabIndex: 0 }, make("table", { className: name }, make("caption", {}, caption), head, make("tbody", {}, ...rows)));
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", caption);
      return box;
    }

    function ranking(choices, area, companies) {
      const heads = ["Rank", "Track", "Points", "Background", "Day", "Market", `Openings, ${area.called}`, "Share", "Pay", ...companies.map(({ called }) => `Openings, ${called}`)];
      const caption = "Tracks ranked. Market: 50 as everywhere, 0 none, 100 nothing else. Thin line and small figures: where the true value lies, 19 times in 20, and what points and rank could be at those ends.";
      return table("ranked", caption, heads, choices.map((choice) => row(choice, area, companies)));
    }

    // a sentence for each area or company named that has no opening of a track ranked first, and what it has most of
    function missing(first, markets) {
      return first.flatMap(({ track }) => markets.filter(({ offers }) => !offers[track].postings).map((market) => {
        const called = market.kind ? market.called.split(",")[0] : market.called, total = all(market);
        if (!total) return `${called} has no opening of the six tracks.`;
        const some = tracks.filter((name) => market.offers[name].postings);
        some.sort((a, b) => market.offers[b].postings - market.offers[a].postings);
        const instead = some.slice(0, 3).map((name) => `${market.offers[name].postings} ${titles[name]}`).join(", ");
        return `${called} has none of ${whole(total)} opening${total === 1 ? "" : "s"} in ${titles[track]}; it has ${instead}.`;
      }));
    }

    // what is paid beyond with a skill, in percent, and between what; null where too few companies tell
    function premium(skill) {
      const signed = (part) => { const size = whole(100 * Math.abs(part)); return `${part < 0 && size !== "0" ? "−" : "+"}${size}`; };
      const [told, ...between] = (data.premiums[skill] ?? []).map(signed);
      return told ? [`${told} %`, between.join(" to ")] : null;
    }

    // what the guide says of a track, beside what the openings of the area and of everywhere show
    function beside(track, area) {
      const guide = data.guide[track], some = openingsIn(world, [track]), here = openingsIn(area, [track]);
      const named = (skill) => {
        const naming = (openings) => of(openings.filter((row) => jobs.names(row, skill)).length, openings.length);
        const paid = premium(skill), isApart = paid && data.premiums[skill][1] * data.premiums[skill][2] > 0;
      return `${skill}: ${naming(here)} here, ${naming(some)} everywhere${isApart ? `; pay ${paid[0]} (${paid[1]})` : ""}`;
      };
      const paid = (level) => {
        const around = area.around.map((number) => data.areas[number]).find((one) => one.paid[level]);
        if (!around) return `no opening anywhere is ${level}`;
        const [postings, withPay, ...pay] = around.paid[level][track], [mid, between] = money(pay);
        return `${mid}${between ? ` (${between})` : ""}, ${around.called.split(",")[0]}: stated by ${of(withPay, postings)}`;
      };
      const band = ({ low_usd: low, high_usd: high, and_more: more }) => `$${whole(low / 1000)}–${whole(high / 1000)}k (${data.pay_of})${more ? `, and more at ${more}` : ""}`;
      const lines = (texts) => texts.length ? texts.flatMap((text, number) => number ? [make("br"), text] : [text]) : ["no skill that we look for"];
      const said = [
        ["Early pay", [band(guide.early)], [paid("early")]], ["Senior pay", [band(guide.senior)], [paid("senior")]],
        ["Skills", [[...guide.skills, ...guide.other_skills].join(", ")], lines(guide.skills.map(named))],
        ...guide.break_in.map(({ does, skills }) => ["A way in", [does], lines(skills.map(named))]),
      ];
      return table("beside", `${titles[track]}, ${area.called}`, ["", "The guide says", "The market shows"], said.map(([what, guides, shows]) =>
        make("tr", {}, make("th", { scope: "row" }, what), ...[["The guide", guides], ["The market", shows]].map(([who, says]) => {
          const cell = make("td", { className: "words" }, ...says);
          cell.dataset.label = who;
          return cell;
        }))));
    }

    function openings(found) {
      const link = ({ title, url }) => /^https?:/i.test(url ?? "") ? make("a", { href: url, rel: "noreferrer nofollow" }, title) : title;
      const rows = found.map((one) => make("tr", {}, make("th", { scope: "row" }, link(one)), ...[one.company, titles[one.track], one.where.join(", ") || "not said", one.pay || "not stated"].map((words) => make("td", { className: "words" }, words))));
      return rows.length ? table("fitting jobs", "The newest at the companies and in the area", ["Opening", "Company", "Track", "Where", "Pay stated"], rows) : make("p", {}, "No opening fits.");
    }

    // how the openings of an area fit somebody's skills, and what is missing, by track
    function ownSkills({ have }, fits, area) {
      const rows = fits.map(({ track, asking, naming, third, covered }) => {
        const value = 100 * covered, drawn = bar({ value, low: value, high: value });
        const line = make("tr", {}, make("th", { scope: "row" }, make("a", { href: `tracks/${track}.html` }, titles[track]), drawn), make("td", { className: "big" }, asking ? percent(covered) : "–"), ...[third, naming, asking].map((number) => make("td", {}, whole(number))));
        line.dataset.track = track;
        return line;
      });
      const caption = `${area.called}: openings that ask for ${have.join(", ")}`, heads = ["Track", "Covered", "A third yours", "Name one of yours", "Openings that name skills"];
      const missing = fits.filter((fit) => fit.missing.length).slice(0, data.most_tracks).map((fit) => {
        const lacking = fit.missing.map(({ skill, openings, opens }) => make("tr", {}, make("th", { scope: "row" }, skill), ...[opens, openings].map((number) => make("td", {}, whole(number))), withLimits(...(premium(skill) ?? [""]))));
        const box = table("missing", `Missing for ${titles[fit.track]}`, ["Skill", "Opens", "Name it", "Pay with it"], lacking);
        box.querySelector("table").dataset.track = fit.track;
        return box;
      });
      return [make("h2", {}, "Your skills"), table("own bars", caption, heads, rows), make("div", { className: "cards" }, ...missing), make("p", { className: "basis" }, data.skills_rule)];
    }

    // which track's openings ask most for what somebody has, and what opens most of them
    function saySkills([first], area) {
      if (!first.naming) return [`${area.called}: no opening names one of your skills.`];
      const [most] = first.missing, more = most?.opens ? ` ${most.skill} too would open ${whole(most.opens)} more.` : "";
      return ["Your skills are asked for most in ", make("strong", {}, titles[first.track]), `: on average you have ${percent(first.covered)} of what its ${first.asking === 1 ? "opening names" : `${whole(first.asking)} openings name`}.${more}`];
    }

    function reasons(choice) {
      const because = [["Background", choice.background], ["Day", choice.day]].map(([called, fit]) =>
        make("li", {}, `${called}, ${fit.fit} of ${data.best_fit}: ${fit.because} `, make("small", {}, `Rests on: ${fit.rests_on}.`)));
      const costs = choice.switches.map((one) =>
        make("li", {}, `${titles[one.to_track]}: ${percent(one.in_common)} in common (${one.shared.join(", ")}); to learn: ${one.asked_more.join(", ")}.`));
      return make("details", { open: choice.rank === 1 }, make("summary", {}, `${choice.rank}. ${titles[choice.track]}`),
        make("ul", {}, ...because), make("p", {}, "A switch from it later, by what postings ask for, the nearest first:"), make("ul", {}, ...costs));
    }

    function weights([{ parts }]) {
      const weight = percent(1 / parts.length), said = [`Weights: ${parts.map(({ called }) => `${called} ${weight}`).join(", ")}. Pay is not ranked by.`];
      if (parts.length === 2) said.push("No area or company is named to compare with everywhere: ranked by fit alone.");
      return said;
    }

    // what was given and could not be found
    function leftOut({ asked, unknown, shown, skills: { unknown: words } }) {
      const quoted = (names) => names.map((name) => `“${name}”`).join(", "), said = [];
      if (!shown) said.push(`No area called “${asked}” has an opening of the six tracks: left out.`);
      if (unknown.length) said.push(`No opening of the six tracks is known at ${quoted(unknown)}: left out.`);
      if (words.length) said.push(`Not in our list of skills: ${quoted(words)}: left out.`);
      return said;
    }

    function notes(said, area) {
      return make("p", { id: "notes" }, said.join(" "), " ", make("a", { href: area.page }, `More of ${area.kind === "world" ? "the whole market" : area.called}`), ".");
    }

    // the ranking, and what follows from it
    function answerOf(given, area, shown) {
      const { companies } = given, choices = rank(given.background, given.day, area, companies);
      const first = choices.filter((choice) => choice.rank === 1), near = choices.filter((choice) => choice.rank > 1 && choice.from === 1);
      const called = (some) => some.map((choice) => titles[choice.track]).join(", ");
      const doubts = [...(near.length ? [`It could as well be ${called(near)}.`] : []), ...missing(first, [...(area ? [area] : []), ...companies])];
      return {
        said: ["Nearest to your answers: ", ...first.flatMap(({ track }, at) => [at ? " and " : "", make("strong", {}, titles[track])]), `, ${whole(first[0].value)} of 100 points.`, ...doubts.map((words) => ` ${words}`)],
        ranked: [ranking(choices, shown, companies), notes([...weights(choices), ...leftOut(given)], shown)],
        after: [make("h2", {}, "Openings that fit"), openings(fitting(first.map(({ track }) => track), area, companies)), make("h2", {}, "The guide beside the market"), beside(first[0].track, shown), make("h2", {}, "Why"), ...choices.map(reasons)],
      };
    }

    function say() {
      const given = answers(), isRanked = given.background && given.day, { have, unknown } = given.skills;
      const area = given.shown && given.shown.kind !== "world" ? given.shown : null, shown = area ?? world;
      const fits = have.length ? skills.fits(shown, have) : null, isSaid = isRanked || have.length || unknown.length;
      const found = isRanked ? answerOf(given, area, shown) : { said: isSaid ? [] : [status.dataset.empty], ranked: isSaid ? [notes(leftOut(given), shown)] : [], after: [] };
      document.querySelector("#ranking").hidden = !isSaid;
      document.querySelector("#ranking").replaceChildren(...found.ranked, ...(fits ? ownSkills(given.skills, fits, shown) : []), ...found.after);
      status.replaceChildren(...found.said, ...(fits ? [make("span", { className: "and" }, ...saySkills(fits, shown))] : []));
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

    const options = (called) => called.map((value) => make("option", { value }));
    document.querySelector("#areas").append(...options(data.areas.slice(1).map((area) => area.called)));
    document.querySelector("#companies").append(...options([...hiring.keys()]));
    // the skills whose names may follow the last comma
    function offerSkills() {
      const [, before, last] = /^(.*,)?\s*(.*)$/.exec(form.elements.skills.value);
      document.querySelector("#skills").replaceChildren(...options(last ? Object.keys(data.skills).map((skill) => `${before ? `${before} ` : ""}${skill}`) : []));
    }

    let skills = null; // what own_skills.js finds, once somebody asks it
    function askSkills() {
      run("own_skills.js").then(() => { skills ??= ownSkillsOf({ data, jobs, tracks, openingsIn }); say(); }, sayMissing);
    }
    form.elements.skills.addEventListener("focus", askSkills);
    if (document.activeElement === form.elements.skills || form.elements.skills.value) askSkills();
    form.addEventListener("input", () => { offerAnother(); offerSkills(); say(); });
    say();
  }

  // what it ranks by is much: it comes once somebody answers
  let isAsked = false;
  function sayMissing(missing) {
    status.textContent = `The file ${missing}, which this page ranks by, is missing beside it.`;
  }
  function ask() {
    if (isAsked) return;
    isAsked = true;
    run("choose-data.js", "figures.js", "openings.js", "fitting.js").then(offerRanking, sayMissing);
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const sign of ["focusin", "input"]) form.addEventListener(sign, ask);
  if (["background", "day", "skills"].some((name) => form.elements[name].value)) ask(); // a browser that came back kept the answers
})();
