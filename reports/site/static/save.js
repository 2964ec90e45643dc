// Saves a chart: the drawing as SVG or PNG with its title and its source, its table as CSV. Nobody is asked for anything.
"use strict";
{ // names of its own, beside those of site.js
const WIDE = 760, MARGIN = 24; // of a saved drawing, whatever the width of the screen
const STYLES = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "font-family", "font-size", "font-weight", "paint-order", "stroke-linejoin", "vector-effect"];
const LENGTHS = ["x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "width", "height"];

// a copy laid out at that width, with every style and length written out, so that it looks the same without this page
function laidOut(figure) {
  const shown = figure.querySelector(".drawing");
  const copy = shown.cloneNode(true);
  copy.style.cssText += `;position:absolute;visibility:hidden;width:${WIDE}px`;
  shown.after(copy);
  const height = copy.getBoundingClientRect().height;
  const inside = [...copy.querySelectorAll("*")];
  for (const one of inside) {
    const style = getComputedStyle(one);
    for (const name of LENGTHS.filter((name) => /%$/.test(one.getAttribute(name)))) {
      const length = one[name].baseVal;
      one.setAttribute(name, +(length.value ?? length.getItem(0).value).toFixed(1));
    }
    STYLES.forEach((name) => one.setAttribute(name, style.getPropertyValue(name)));
  }
  inside.forEach((one) => ["class", "style"].forEach((name) => one.removeAttribute(name))); // not before all styles are known
  copy.remove();
  return [copy, height];
}

function lines(words, most) {
  return words.split(/\s+/).reduce((found, word) => {
    if (found.length && `${found.at(-1)} ${word}`.length <= most) found.push(`${found.pop()} ${word}`); else found.push(word);
    return found;
  }, []);
}

function drawing(figure) {
  const [copy, tall] = laidOut(figure);
  const [page, soft] = [getComputedStyle(document.body), getComputedStyle(figure.querySelector("figcaption")).color];
  const [title, says] = ["strong", "span"].map((part) => figure.querySelector(`figcaption ${part}`).textContent);
  const make = (name, given, words = "") => {
    const made = document.createElementNS(copy.namespaceURI, name);
    Object.entries(given).forEach(([key, value]) => made.setAttribute(key, value));
    made.textContent = words;
    return made;
  };
  const parts = [];
  let at = 0;
  const write = (words, size, most, given) => lines(words, most).forEach((line) => {
    at += size * 1.4;
    parts.push(make("text", { x: 0, y: at.toFixed(1), "font-family": page.fontFamily, "font-size": `${size}px`, ...given }, line));
  });
  write(title, 18, 74, { fill: page.color, "font-weight": 700 });
  write(says, 14, 100, { fill: soft });
  const inside = make("g", { transform: `translate(0 ${at + 18})` });
  inside.append(...copy.childNodes);
  at += 18 + tall + 8;
  write(figure.dataset.source, 12, 118, { fill: soft });
  const [width, height] = [WIDE + 2 * MARGIN, Math.ceil(at) + 2 * MARGIN];
  const whole = make("svg", { width, height, viewBox: `${-MARGIN} ${-MARGIN} ${width} ${height}` });
  const back = make("rect", { x: -MARGIN, y: -MARGIN, width, height, fill: page.backgroundColor });
  whole.append(make("title", {}, title), make("desc", {}, `${says} ${figure.dataset.source}`), back, ...parts, inside);
  return { width, height, words: new XMLSerializer().serializeToString(whole) };
}

// names and values as the tables have them; what a spreadsheet would take for a formula begins with an apostrophe
function table(figure) {
  const value = (cell) => cell.dataset.name ?? cell.dataset.value ?? "";
  const safe = (words) => /^[=+@\t\r-]/.test(words) && Number.isNaN(Number(words)) ? `'${words}` : words;
  const quoted = (words) => /[",\n]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words;
  return [...figure.querySelector("table").rows].map((row) => [...row.cells].map((cell) => quoted(safe(value(cell)))).join(",") + "\n").join("");
}

function keep(figure, kind, address) {
  Object.assign(document.createElement("a"), { href: address, download: `trackmix-${figure.dataset.file}.${kind}` }).click();
}

const asData = (kind, words) => `data:${kind};charset=utf-8,${encodeURIComponent(words)}`;
const SAVES = {
  csv: (figure) => keep(figure, "csv", asData("text/csv", table(figure))),
  svg: (figure) => keep(figure, "svg", asData("image/svg+xml", drawing(figure).words)),
  png: async (figure) => {
    const { width, height, words } = drawing(figure);
    const [image, canvas] = [new Image(), document.createElement("canvas")];
    image.src = asData("image/svg+xml", words);
    await image.decode();
    Object.assign(canvas, { width: 2 * width, height: 2 * height }).getContext("2d").drawImage(image, 0, 0, 2 * width, 2 * height);
    keep(figure, "png", canvas.toDataURL());
  },
};

document.addEventListener("click", ({ target }) => SAVES[target.dataset?.as]?.(target.closest("figure")));
}
