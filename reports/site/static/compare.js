// The page that compares: up to four places or companies side by side, kind of work by kind of work.
(() => {
  "use strict";
  const forms = [...document.querySelectorAll("#picks form")], inputs = forms.map((form) => form.querySelector("input"));
  const shown = document.querySelector("#side-by-side"), largest = document.querySelector("#largest");
  const picked = forms.map(() => null); // paths of pages

  // what a page's place or company has of a track; the names are those of FIGURES in reports/site/figures.py
  const offer = ([postings, companies, share, low, high, pay, payLow, payHigh]) => ({ postings, companies, share, low, high, pay, payLow, payHigh });
  const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0, roundingMode: "halfEven" }).format; // as Python rounds
  const percent = (share) => `${whole(100 * share)}%`;

  function make(tag, properties = {}, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  function bar({ share, low, high }) {
    const filled = make("i"), limits = make("b"), drawn = make("span", { className: "bar" }, filled, limits);
    filled.style.width = `${100 * share}%`;
    Object.assign(limits.style, { left: `${100 * low}%`, width: `${100 * (high - low)}%` });
    drawn.setAttribute("aria-hidden", "true");
    return drawn;
  }

  function cell({ postings, share, low, high, pay, payLow, payHigh }) {
    const money = pay === null ? "no pay stated anywhere" : `$${whole(pay / 1000)}k`, between = pay === null ? "" : ` $${whole(payLow / 1000)}–${whole(payHigh / 1000)}k`;
    return make("td", {}, make("span", { className: "big" }, percent(share)), make("small", {}, ` ${whole(100 * low)}–${percent(high)}`), bar({ share, low, high }),
      make("small", {}, `${whole(postings)} ${postings === 1 ? "opening" : "openings"}`), make("br"), money, make("small", {}, between));
  }

  // the kinds of work whose shares surely differ between two of them: where the ranges do not meet
  function told(subjects, tracks) {
    const apart = tracks.flatMap(([, title], at) => {
      const sorted = subjects.map(({ called, offers }) => ({ called, ...offers[at] })).sort((a, b) => b.share - a.share), [most, least] = [sorted[0], sorted.at(-1)];
      return most.low > least.high ? [`${title} (${most.called} ${percent(most.share)}, ${least.called} ${percent(least.share)})`] : [];
    });
    return apart.length ? `Surely different: ${apart.join("; ")}. The others may be the same.` : "No share is surely different: all that is seen here may be chance.";
  }

  function table(subjects, tracks) {
    const head = subjects.map(({ path, called, kind, offers }) => {
      const openings = offers.reduce((sum, { postings }) => sum + postings, 0);
      return make("th", { scope: "col" }, make("a", { href: path }, called), make("br"), make("small", {}, `${kind.replace("_", " ")}, ${whole(openings)} ${openings === 1 ? "opening" : "openings"}`));
    });
    const rows = tracks.map(([track, title], at) => {
      const row = make("tr", {}, make("th", { scope: "row" }, make("a", { href: `tracks/${track}.html` }, title)), ...subjects.map(({ offers }) => cell(offers[at])));
      row.dataset.track = track;
      return row;
    });
    const caption = "Share of the openings, on a bar from 0 to 100 %, and the middle of the pay, US dollars a year. Small figures and thin lines: where the true value lies, 19 times in 20.";
    const found = make("table", { id: "chosen-table" }, make("caption", {}, caption), make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Kind of work"), ...head)), make("tbody", {}, ...rows));
    const box = make("div", { className: "scroll", tabIndex: 0 }, found);
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", "Side by side");
    return box;
  }

  function show() {
    const { tracks, pages } = window.trackmixFigures, paths = [...new Set(picked.filter((path) => Object.hasOwn(pages, path ?? "")))];
    const subjects = paths.map((path) => { const [called, kind, ...figures] = pages[path]; return { path, called, kind, offers: figures.map(offer) }; });
    const several = subjects.length > 1;
    shown.hidden = !subjects.length;
    largest.hidden = several;
    shown.replaceChildren(...(subjects.length ? [make("p", { className: "lead", role: "status" }, several ? told(subjects, tracks) : "Now type another."), table(subjects, tracks)] : []));
    forms.forEach((form, at) => { form.hidden = !picked[at] && at > Math.max(1, picked.filter(Boolean).length); }); // one more than are picked
    picked.forEach((path, at) => { if (path) inputs[at].value = pages[path]?.[0] ?? ""; });
  }

  const empty = () => inputs.find((input, at) => !picked[at]);
  const missing = (source) => { shown.hidden = false; shown.textContent = `The file ${source}, which has the figures, is missing beside this page.`; };
  const refresh = () => run("figures.js").then(show, missing);

  function pick(at, path) {
    picked[at] = path;
    const address = new URLSearchParams(picked.filter(Boolean).map((one) => ["with", one]));
    history.replaceState(null, "", picked.some(Boolean) ? `#${address}` : location.href.split("#")[0]);
    refresh();
    if (path && picked.filter(Boolean).length === 1) empty().focus();
  }

  // what the address names, such as compare.html#with=cities/de-berlin-berlin.html
  function read() {
    const paths = new URLSearchParams(location.hash.slice(1)).getAll("with").slice(0, picked.length);
    picked.forEach((_, at) => { picked[at] = paths[at] ?? null; });
    if (!paths.length) return;
    refresh();
    if (paths.length === 1) empty().focus();
  }

  forms.forEach((form, at) => offerSearch(form, (page) => pick(at, page), ([, , page, , isElsewhere]) => !isElsewhere && !page.startsWith("tracks/")));
  inputs.forEach((input, at) => input.addEventListener("input", () => { if (!input.value.trim() && picked[at]) pick(at, null); }));
  addEventListener("hashchange", read);
  read();
})();
