// Saves a chart: the drawing with its title and source as SVG or PNG, its table as CSV.
"use strict";
{
const WIDE = 760, MARGIN = 24;
const STYLES = "fill fill-opacity stroke stroke-width stroke-dasharray stroke-linejoin font-family font-size font-weight paint-order vector-effect".split(" ");
const LENGTHS = "x y x1 x2 y1 y2 cx cy width height".split(" ");

// a copy of that width, with styles and lengths written out
function laidOut(shown) {
  const copy = shown.cloneNode(true);
  copy.style.cssText += `;position:absolute;visibility:hidden;width:${WIDE}px`;
  shown.after(copy);
  const tall = copy.getBoundingClientRect().height, inside = [...copy.querySelectorAll("*")];
  for (const one of inside) {
    const style = getComputedStyle(one);
    for (const name of LENGTHS.filter((name) => /%$/.test(one.getAttribute(name)))) {
      const length = one[name].baseVal;
      one.setAttribute(name, +(length.value ?? length[0].value).toFixed(1));
    }
    STYLES.forEach((name) => one.setAttribute(name, style.getPropertyValue(name)));
  }
  inside.forEach((one) => ["class", "style"].forEach((name) => one.removeAttribute(name)));
  copy.remove();
  return [copy, tall];
}

function make(name, given, words = "") {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  Object.entries(given).forEach(([key, value]) => made.setAttribute(key, value));
  made.textContent = words;
  return made;
}

function drawing(figure) {
  const [copy, tall] = laidOut(figure.querySelector(".drawing"));
  const page = getComputedStyle(document.body), soft = getComputedStyle(figure.firstElementChild).color;
  const [title, says] = [...figure.firstElementChild.children].map((part) => part.textContent);
  const parts = [];
  let at = 0;
  const write = (words, size, most, fill, weight) => {
    for (const line of words.match(RegExp(`.{1,${most}}(?= |$)|\\S+`, "g"))) {
      at += size * 1.4;
      parts.push(make("text", { y: at, fill, "font-family": page.fontFamily, "font-size": size, "font-weight": weight }, line.trim()));
    }
  };
  write(title, 18, 74, page.color, 700);
  write(says, 14, 100, soft, 400);
  const inside = make("g", { transform: `translate(0 ${at + 18})` });
  inside.append(...copy.childNodes);
  at += tall + 26;
  write(document.getElementById("source").textContent, 12, 118, soft, 400);
  const box = { x: -MARGIN, y: -MARGIN, width: WIDE + 2 * MARGIN, height: Math.ceil(at) + 2 * MARGIN };
  const whole = make("svg", { width: box.width, height: box.height, viewBox: Object.values(box).join(" ") });
  whole.append(make("title", {}, title), make("rect", { ...box, fill: page.backgroundColor }), ...parts, inside);
  return { ...box, words: new XMLSerializer().serializeToString(whole) };
}

// as downloads have it: an apostrophe before what a spreadsheet takes for a formula
function cell({ dataset: { name, value }, textContent }) {
  let words = name ?? value ?? textContent;
  if (/^[=+@\t\r-]/.test(words) && isNaN(words)) words = `'${words}`;
  return /[",\n]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words;
}

const asData = (kind, words) => `data:${kind};charset=utf-8,${encodeURIComponent(words)}`;
const SAVED = {
  csv: (figure) => asData("text/csv", [...figure.querySelector("table").rows].map((row) => [...row.cells].map(cell) + "\n").join("")),
  svg: (figure) => asData("image/svg+xml", drawing(figure).words),
  png: async (figure) => {
    const { width, height, words } = drawing(figure), image = new Image(), canvas = document.createElement("canvas");
    image.src = asData("image/svg+xml", words);
    await image.decode();
    [canvas.width, canvas.height] = [2 * width, 2 * height];
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL();
  },
};

document.addEventListener("click", async ({ target }) => {
  const kind = target.dataset.as, figure = kind && target.closest("figure");
  if (figure) Object.assign(document.createElement("a"), { href: await SAVED[kind](figure), download: `trackmix-${figure.dataset.file}.${kind}` }).click();
});
}
