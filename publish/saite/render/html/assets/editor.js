// The SPARQL editor: colours, line numbers, and names to choose from, around a field of a form that works without it.

const KEYWORDS = (
  "a ABS ADD ALL AS ASC ASK AVG BASE BIND BNODE BOUND BY CEIL COALESCE CONCAT CONSTRUCT CONTAINS COUNT DATATYPE DAY " +
  "DESC DESCRIBE DISTINCT ENCODE_FOR_URI EXISTS FILTER FLOOR FROM GRAPH GROUP GROUP_CONCAT HAVING HOURS IF IN IRI " +
  "ISBLANK ISIRI ISLITERAL ISNUMERIC LANG LANGMATCHES LCASE LIMIT MAX MD5 MIN MINUS MINUTES MONTH NAMED NOT NOW " +
  "OFFSET OPTIONAL ORDER PREFIX RAND REDUCED REGEX REPLACE ROUND SAMETERM SAMPLE SECONDS SELECT SEPARATOR SHA1 " +
  "SHA256 STR STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLEN STRSTARTS STRUUID SUBSTR SUM TIMEZONE TZ UCASE UNDEF " +
  "UNION URI UUID VALUES WHERE YEAR true false"
).split(" ");
const KNOWN = new Set(KEYWORDS.map((word) => word.toUpperCase()));
const TOKEN = new RegExp(
  [
    "(?<comment>#[^\\n]*)",
    '(?<iri><[^<>"{}|^`\\\\\\s]*>)',
    "(?<string>\"\"\"[^]*?\"\"\"|'''[^]*?'''|\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)*')",
    "(?<variable>[?$][\\p{L}\\p{N}_]+)",
    "(?<name>(?:[\\p{L}][\\p{L}\\p{N}_.-]*)?:[\\p{L}\\p{N}_.%-]*)",
    "(?<word>[A-Za-z_][A-Za-z_0-9]*)",
    "(?<number>\\d+(?:\\.\\d+)?)",
  ].join("|"),
  "gu",
);
const SHOWN = 12;

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function coloured(text) {
  const parts = document.createDocumentFragment();
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    let [kind] = Object.entries(match.groups).find(([, found]) => found !== undefined);
    if (kind === "word") kind = KNOWN.has(match[0].toUpperCase()) ? "keyword" : "";
    parts.append(text.slice(end, match.index));
    parts.append(kind ? element("span", { className: `q-${kind}` }, match[0]) : match[0]);
    end = match.index + match[0].length;
  }
  parts.append(text.slice(end), "\n");
  return parts;
}

export class Editor {
  constructor(area) {
    this.area = area;
    this.numbers = element("pre", { className: "line-numbers", ariaHidden: "true" });
    this.colours = element("pre", { className: "colours", ariaHidden: "true" });
    this.names = element("ul", { className: "names", id: "names", hidden: true });
    this.names.setAttribute("role", "listbox");
    this.field = element("div", { className: "text" });
    const frame = element("div", { className: "editor" }, this.numbers, this.field);
    area.replaceWith(frame);
    this.field.append(this.colours, area, this.names);
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-controls", "names");
    this.wrong = 0;
    this.vocabulary = { prefixes: {}, terms: [] };
    this.found = [];
    this.chosen = 0;
    this.leaving = false;
    area.addEventListener("input", () => this.changed());
    area.addEventListener("scroll", () => this.scrolled());
    area.addEventListener("keydown", (event) => this.pressed(event));
    area.addEventListener("blur", () => this.close());
    area.addEventListener("click", () => this.close());
    this.names.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const item = event.target.closest("li");
      if (item) this.take(Number(item.dataset.index));
    });
    this.draw();
  }

  get text() {
    return this.area.value;
  }

  set text(value) {
    this.area.value = value;
    this.wrong = 0;
    this.draw();
  }

  mark(line) {
    this.wrong = line;
    this.draw();
  }

  changed() {
    this.wrong = 0;
    this.draw();
    this.suggest(false);
  }

  draw() {
    const count = this.text.split("\n").length;
    this.colours.replaceChildren(coloured(this.text));
    this.numbers.replaceChildren();
    for (let line = 1; line <= count; line += 1) {
      this.numbers.append(element("span", { className: line === this.wrong ? "wrong" : "" }, String(line)), "\n");
    }
    this.area.rows = Math.min(Math.max(count + 1, 8), 30);
    this.scrolled();
  }

  scrolled() {
    this.colours.scrollTop = this.numbers.scrollTop = this.area.scrollTop;
    this.colours.scrollLeft = this.area.scrollLeft;
    for (const layer of [this.colours, this.numbers]) layer.style.height = `${this.area.clientHeight}px`;
  }

  insert(text, from = this.area.selectionStart, to = this.area.selectionEnd) {
    this.area.setSelectionRange(from, to);
    // the only way of writing that a browser can undo
    if (!document.execCommand("insertText", false, text)) {
      this.area.setRangeText(text, from, to, "end");
      this.changed();
    }
  }

  pressed(event) {
    const open = !this.names.hidden;
    const { key } = event;
    if (open && (key === "ArrowDown" || key === "ArrowUp")) {
      this.choose(this.chosen + (key === "ArrowDown" ? 1 : -1));
    } else if (open && (key === "Enter" || key === "Tab") && !event.ctrlKey && !event.metaKey) {
      this.take(this.chosen);
    } else if (key === "Escape") {
      this.leaving = !open;
      this.close();
    } else if (key === "Enter" && (event.ctrlKey || event.metaKey)) {
      this.area.form.requestSubmit();
    } else if (key === " " && event.ctrlKey) {
      this.suggest(true);
    } else if (key === "Tab" && !this.leaving && !event.ctrlKey && !event.altKey) {
      this.indent(event.shiftKey);
    } else if (key === "Enter" && !event.shiftKey) {
      const before = this.text.slice(0, this.area.selectionStart);
      const line = before.slice(before.lastIndexOf("\n") + 1);
      this.insert(`\n${line.match(/^\s*/)[0]}${/[{(]\s*$/.test(line) ? "  " : ""}`);
    } else {
      if (key !== "Shift" && key !== "Tab") this.leaving = false;
      return;
    }
    event.preventDefault();
  }

  indent(back) {
    const { selectionStart: start, selectionEnd: end } = this.area;
    if (start === end && !back) {
      this.insert("  ");
      return;
    }
    const from = this.text.lastIndexOf("\n", start - 1) + 1;
    const lines = this.text.slice(from, end).split("\n");
    const moved = lines.map((line) => (back ? line.replace(/^ {1,2}|^\t/, "") : `  ${line}`)).join("\n");
    this.insert(moved, from, end);
    this.area.setSelectionRange(from, from + moved.length);
  }

  // -- names --

  suggest(asked) {
    const before = this.text.slice(0, this.area.selectionStart);
    const [word] = before.match(/[?$\p{L}\p{N}_:.-]*$/u);
    if (!asked && word.length < 2) {
      this.close();
      return;
    }
    this.start = before.length - word.length;
    this.found = this.matching(word).slice(0, SHOWN);
    if (this.found.length === 0 || (this.found.length === 1 && this.found[0].text === word)) {
      this.close();
      return;
    }
    this.names.replaceChildren(
      ...this.found.map(({ text, label }, index) => {
        const item = element("li", { id: `name-${index}` }, text);
        if (label) item.append(element("span", {}, label));
        item.setAttribute("role", "option");
        item.dataset.index = index;
        return item;
      }),
    );
    this.names.hidden = false;
    this.place();
    this.choose(0);
  }

  matching(word) {
    const wanted = word.toLowerCase();
    const variables = new Set(this.text.match(/[?$][\p{L}\p{N}_]+/gu));
    variables.delete(word);
    if (/^[?$]/.test(word)) return [...variables].filter((name) => name.startsWith(word)).map((text) => ({ text }));
    const names = [];
    for (const term of this.vocabulary.terms) {
      // an IRI, or an IRI with what people call it, in any language
      const [iri, labels] = typeof term === "string" ? [term, []] : term;
      const found = this.shortened(iri);
      if (found) names.push({ text: `${found[0]}:${found[1]}`, prefix: found[0], labels });
    }
    const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
    const sought = plain(word);
    const local = ({ text }) => text.slice(text.indexOf(":") + 1).toLowerCase();
    const called = ({ labels }) => sought.length > 2 && labels.find((label) => plain(label).startsWith(sought));
    const rank = (name) =>
      name.text.toLowerCase().startsWith(wanted) ? 0 : local(name).startsWith(wanted) ? 1 : called(name) ? 2 : 3;
    const matched = names.filter((name) => rank(name) < 3 || (wanted.length > 2 && local(name).includes(wanted)));
    for (const name of matched) name.label = called(name) || name.labels[0];
    matched.sort((one, other) => rank(one) - rank(other) || one.text.localeCompare(other.text));
    const keywords = word.includes(":") ? [] : KEYWORDS.filter((key) => key.toLowerCase().startsWith(wanted));
    return [...keywords.slice(0, 4).map((text) => ({ text })), ...matched];
  }

  shortened(iri) {
    let best = null;
    for (const [prefix, namespace] of Object.entries(this.vocabulary.prefixes)) {
      if (iri.startsWith(namespace) && /^[\p{L}\p{N}_][\p{L}\p{N}_-]*$/u.test(iri.slice(namespace.length))) {
        if (!best || namespace.length > this.vocabulary.prefixes[best[0]].length) {
          best = [prefix, iri.slice(namespace.length)];
        }
      }
    }
    return best;
  }

  choose(index) {
    this.chosen = (index + this.found.length) % this.found.length;
    for (const [number, item] of [...this.names.children].entries()) {
      item.setAttribute("aria-selected", String(number === this.chosen));
      if (number === this.chosen) item.scrollIntoView({ block: "nearest" });
    }
    this.area.setAttribute("aria-activedescendant", `name-${this.chosen}`);
  }

  take(index) {
    const { text, prefix } = this.found[index];
    this.insert(text, this.start, this.area.selectionStart);
    if (prefix && !new RegExp(`\\bPREFIX\\s+${prefix}:`, "i").test(this.text)) {
      const line = `PREFIX ${prefix}: <${this.vocabulary.prefixes[prefix]}>\n`;
      const caret = this.area.selectionStart + line.length;
      this.insert(line, 0, 0);
      this.area.setSelectionRange(caret, caret);
    }
    this.close();
  }

  place() {
    const lines = this.text.slice(0, this.start).split("\n");
    const style = getComputedStyle(this.area);
    const probe = element("span", { textContent: "0".repeat(10) });
    this.colours.append(probe);
    const width = probe.getBoundingClientRect().width / 10;
    probe.remove();
    const top = parseFloat(style.paddingTop) + lines.length * parseFloat(style.lineHeight) - this.area.scrollTop;
    const left = parseFloat(style.paddingLeft) + lines.at(-1).length * width - this.area.scrollLeft;
    this.names.style.top = `${top}px`;
    this.names.style.left = `${Math.max(0, Math.min(left, this.field.clientWidth - this.names.offsetWidth))}px`;
  }

  close() {
    this.names.hidden = true;
    this.area.removeAttribute("aria-activedescendant");
  }
}
