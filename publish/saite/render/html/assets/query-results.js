// Shows what a query has answered: a table that can be sorted, a picture where it helps, and files to take away.

import { element } from "./editor.js";

const ROWS = 200;
const BARS = 40;
const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = new Set(
  ["byte", "decimal", "double", "float", "int", "integer", "long", "nonNegativeInteger", "short"].map((n) => XSD + n),
);
const SVG = "http://www.w3.org/2000/svg";

export class Results {
  constructor(place, settings, vocabulary) {
    this.place = place;
    this.settings = settings;
    this.vocabulary = vocabulary;
    this.names = new Map();
  }

  get texts() {
    return this.settings.texts;
  }

  clear() {
    this.place.replaceChildren();
  }

  // `label` gives names of IRIs: a map from each to [name, language, whether it has a page of its own].
  async show(result, label) {
    this.place.replaceChildren(element("h2", { id: "answer" }, this.texts.answer));
    if (result.turtle !== undefined) this.graph(result.turtle);
    else if (result.boolean !== undefined) {
      this.place.append(element("p", { className: "verdict" }, result.boolean ? this.texts.yes : this.texts.no));
    } else await this.table(result, label);
  }

  graph(turtle) {
    const pre = element("pre", { className: "query", tabIndex: 0 }, element("code", {}, turtle));
    this.place.append(pre, this.files([["Turtle", "answer.ttl", "text/turtle", () => turtle]]));
  }

  async table(result, label) {
    const { vars } = result.head;
    const rows = result.results.bindings;
    if (rows.length === 0) {
      this.place.append(element("p", {}, this.texts.none));
      return;
    }
    this.names = await label(this.iris(vars, rows.slice(0, ROWS)));
    const picture = this.picture(vars, rows);
    if (picture) this.place.append(picture);
    const body = element("tbody");
    const heads = vars.map((name) => this.head(name, this.number(rows[0][name]) !== null, (order) => sort(name, order)));
    const table = element("table", {}, element("thead", {}, element("tr", {}, ...heads)), body);
    const frame = element("div", { className: "scroll", tabIndex: 0 }, table);
    frame.setAttribute("role", "group");
    frame.setAttribute("aria-labelledby", "answer");
    const more = element("button", { type: "button", className: "button" }, this.texts.more);
    let shown = [...rows];
    let count = 0;
    const add = async () => {
      const next = shown.slice(count, count + ROWS);
      if (count) for (const [iri, name] of await label(this.iris(vars, next))) this.names.set(iri, name);
      body.append(...next.map((row) => element("tr", {}, ...vars.map((name) => this.cell(row[name])))));
      count += next.length;
      more.hidden = count >= shown.length;
    };
    const sort = (name, order) => {
      for (const head of heads) head.removeAttribute("aria-sort");
      heads[vars.indexOf(name)].setAttribute("aria-sort", order > 0 ? "ascending" : "descending");
      const key = (row) => (row[name] ? (this.number(row[name]) ?? this.text(row[name])) : "");
      const compare = new Intl.Collator(this.settings.language).compare;
      shown = [...rows].sort((one, other) => {
        const [a, b] = [key(one), key(other)];
        return order * (typeof a === "number" && typeof b === "number" ? a - b : compare(String(a), String(b)));
      });
      body.replaceChildren();
      count = 0;
      add();
    };
    more.addEventListener("click", add);
    await add();
    this.place.append(
      frame,
      more,
      this.files([
        ["CSV", "answer.csv", "text/csv", () => csv(vars, rows)],
        ["JSON", "answer.srj", "application/sparql-results+json", () => JSON.stringify(result, null, 1)],
      ]),
    );
  }

  head(name, number, sort) {
    const button = element("button", { type: "button", className: "sort" }, name);
    button.setAttribute("aria-label", this.texts.sort.replace("%(name)s", name));
    let order = -1;
    button.addEventListener("click", () => sort((order = -order)));
    const head = element("th", {}, button);
    head.setAttribute("scope", "col");
    if (number) head.className = "number";
    return head;
  }

  cell(term) {
    const cell = element("td");
    if (!term) return cell;
    if (term.type === "uri") cell.append(this.link(term.value));
    else if (term.type === "literal") {
      const number = this.number(term);
      cell.textContent = number === null ? term.value : new Intl.NumberFormat(this.settings.language).format(number);
      if (number !== null) cell.className = "number";
      if (term["xml:lang"]) {
        cell.lang = term["xml:lang"];
        if (cell.lang !== this.settings.language) {
          cell.append(" ", element("span", { className: "kind", lang: "" }, term["xml:lang"]));
        }
      }
    } else cell.textContent = `_:${term.value}`;
    return cell;
  }

  link(iri) {
    const [name, lang, page] = this.names.get(iri) ?? [];
    const text = element("span", {}, name ?? this.shortened(iri));
    if (name && lang && lang !== this.settings.language) text.lang = lang;
    const href = page === false ? "" : this.address(iri);
    return href ? element("a", { href }, text) : text;
  }

  // Where the page of an IRI is: known of classes, properties and concepts, told by the rules of the site of others.
  address(iri) {
    const { root, ending, base, documents } = this.settings;
    const known = this.vocabulary().pages.get(iri);
    if (known) return `${root}${known}${ending}`;
    const rules = [...documents, ["", ""]].map(([begin, folder]) => [
      /^[a-z][a-z0-9+.-]*:/i.test(begin) ? begin : base + begin,
      folder,
    ]);
    const [begin, folder] = rules
      .filter(([begin]) => begin && iri.startsWith(begin))
      .sort((one, other) => other[0].length - one[0].length)[0] ?? [null];
    const rest = begin === null ? "" : iri.slice(begin.length);
    if (/^[\w-]+(\/[\w-]+)*$/.test(rest) && this.names.has(iri)) return `${root}${folder}${rest}${ending}`;
    return /^(https?|ftp|mailto|tel):/i.test(iri) ? iri : "";
  }

  shortened(iri) {
    let best = "";
    const { prefixes } = this.vocabulary();
    for (const [prefix, namespace] of Object.entries(prefixes)) {
      const rest = iri.slice(namespace.length);
      if (iri.startsWith(namespace) && /^[\w.-]*$/.test(rest) && (!best || rest.length < best.split(":")[1].length)) {
        best = `${prefix}:${rest}`;
      }
    }
    return best || iri;
  }

  text(term) {
    return (term.type === "uri" && this.names.get(term.value)?.[0]) || term.value;
  }

  number(term) {
    if (term?.type !== "literal" || !NUMBERS.has(term.datatype)) return null;
    const number = Number(term.value);
    return Number.isFinite(number) ? number : null;
  }

  iris(vars, rows) {
    const found = new Set();
    for (const row of rows) for (const name of vars) if (row[name]?.type === "uri") found.add(row[name].value);
    return [...found];
  }

  files(offers) {
    const list = element("p", { className: "downloads" }, `${this.texts.download} `);
    for (const [name, file, type, make] of offers) {
      const link = element("a", { href: "#answer", download: file }, name);
      link.addEventListener("click", () => {
        link.href = URL.createObjectURL(new Blob([make()], { type }));
        setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      });
      list.append(link, " ");
    }
    return list;
  }

  // Bars, where each row has one name and one number that is not negative; the table beneath says the same.
  picture(vars, rows) {
    if (rows.length < 2 || rows.length > BARS) return null;
    const numeric = vars.filter((name) => rows.every((row) => (this.number(row[name]) ?? -1) >= 0));
    const named = vars.find((name) => !numeric.includes(name) && rows.every((row) => row[name]));
    if (numeric.length !== 1 || !named || new Set(rows.map((row) => row[named].value)).size < rows.length) return null;
    const most = Math.max(...rows.map((row) => this.number(row[numeric[0]]))) || 1;
    const made = (name, attributes, ...children) => {
      const node = document.createElementNS(SVG, name);
      for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
      node.append(...children);
      return node;
    };
    const narrow = matchMedia("(max-width: 40em)").matches; // names stand above their bars on a phone
    const [wide, left, step, letters] = narrow ? [340, 0, 44, 44] : [640, 240, 26, 34];
    const svg = made("svg", { viewBox: `0 0 ${wide} ${rows.length * step}`, class: "bars", "aria-hidden": "true" });
    const format = new Intl.NumberFormat(this.settings.language);
    for (const [place, row] of rows.entries()) {
      const number = this.number(row[numeric[0]]);
      const width = (number / most) * (wide - left - 70);
      const text = this.text(row[named]);
      const shown = text.length > letters ? `${text.slice(0, letters - 1)}…` : text;
      const y = (place + 1) * step - 26;
      const name = narrow ? { x: 0, y: y - 2 } : { x: left - 10, y: y + 17, "text-anchor": "end" };
      svg.append(
        made("text", name, shown),
        made("rect", { x: left, y: y + 4, width: Math.max(width, 1), height: 18, rx: 2 }),
        made("text", { x: left + 6 + width, y: y + 17 }, format.format(number)),
      );
    }
    const caption = this.texts.chart.replace("%(value)s", numeric[0]).replace("%(name)s", named);
    return element("figure", { className: "answer-chart" }, svg, element("figcaption", {}, caption));
  }
}

function csv(vars, rows) {
  const field = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const value = (term) => (!term ? "" : term.type === "bnode" ? `_:${term.value}` : term.value);
  const lines = [vars, ...rows.map((row) => vars.map((name) => value(row[name])))];
  return lines.map((line) => `${line.map(field).join(",")}\r\n`).join("");
}
