// The search page: finds as somebody types. Without it the page is a form above lists, which lead to everything.

import { Index } from "./search-index.js";
import { key, words } from "./search-words.js";

const PART = 20, PAUSE = 120, KINDS = 8;

const by = (id) => document.getElementById(`search-${id}`);
const form = document.getElementById("search"), field = by("text"), status = by("status"), kinds = by("kinds");
const list = by("results"), more = by("more"), help = by("help");
const say = JSON.parse(form.dataset.texts), own = say.language;
// the texts are in another language than the page where nobody has translated them
const plural = new Intl.PluralRules(say.spoken), figures = new Intl.NumberFormat(own);

const none = { numbers: [], keys: new Set() };
let index, opening, found = none, kind = "", some = [], turn = 0, waiting;

const made = (name, properties, ...inner) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...inner);
  return element;
};

// A text with the words marked that were found.
function marked(text) {
  const parts = [];
  let last = 0;
  for (const token of text.matchAll(/[\p{L}\p{N}\p{M}'’‘ʹʺʼ`´]+/gu)) {
    if (!words(token[0]).some((word) => found.keys.has(key(word)))) continue;
    parts.push(text.slice(last, token.index), made("mark", {}, token[0]));
    last = token.index + token[0].length;
  }
  return [...parts, text.slice(last)];
}

const hits = (text) => new Set(words(text).map(key).filter((one) => found.keys.has(one))).size;

const chosen = (texts) => {
  const tag = [own, ...index.languages].find((one) => one in texts) ?? Object.keys(texts)[0];
  return tag === undefined ? ["", ""] : [tag, texts[tag]];
};

const inTongue = (tag) => (tag && tag !== own ? { lang: tag } : {});

function row(number, [path, names, others, about]) {
  const [tag, name] = chosen(names), [aboutTag, text] = chosen(about);
  const called = index.kinds[index.kind(number)], line = made("p", { className: "use" }, chosen(called[1])[1] || say.other);
  const href = encodeURI(path) + say.ending;
  const item = made("li", {}, made("a", { href, ...inTongue(tag) }, ...marked(name)), line);
  const further = [...Object.entries(names).filter(([one]) => one !== tag), ...others];
  let most = hits(name), reason = null;
  for (const one of further) {
    if (hits(one[1]) > most) [most, reason] = [hits(one[1]), one];
  }
  if (reason) {
    const where = say.tongues[reason[0]] ? ` (${say.tongues[reason[0]]})` : "";
    item.append(made("p", { className: "also" }, `${say.also} `, made("span", inTongue(reason[0]), ...marked(reason[1])), where));
  } else if (!most && !hits(text) && hits(path)) {
    item.append(made("p", { className: "also" }, `${say.address} `, made("span", {}, ...marked(path))));
  }
  if (text) item.append(made("p", { className: "about", ...inTongue(aboutTag) }, ...marked(text)));
  return item;
}

async function show(fresh) {
  const mine = turn, from = fresh ? 0 : list.children.length, part = some.slice(from, from + PART);
  const rows = await Promise.all(part.map(async (number) => row(number, await index.record(number))));
  if (mine !== turn) return;
  if (fresh) list.replaceChildren(...rows); else list.append(...rows);
  list.ariaBusy = "false";
  list.hidden = !some.length;
  more.hidden = list.children.length >= some.length;
  if (!fresh) rows[0]?.querySelector("a").focus();
}

// Buttons for the kinds of what was found, the most frequent first.
function offer(all) {
  const counts = new Map();
  for (const number of found.numbers) counts.set(index.kind(number), (counts.get(index.kind(number)) ?? 0) + 1);
  const order = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const shown = order.filter(([place], rank) => all || rank < KINDS || index.kinds[place][0] === kind);
  const button = (name, text, count) => made("button",
    { type: "button", value: name, onclick: () => { turn++, kind = name === kind ? "" : name, settle(true); } },
    `${text} `, made("span", { className: "count" }, figures.format(count)));
  kinds.replaceChildren(button("", say.every, found.numbers.length), ...shown.map(([place, count]) => {
    const [name, texts] = index.kinds[place];
    return button(name || "-", chosen(texts)[1] || say.other, count);
  }));
  if (shown.length < order.length) {
    const rest = () => { offer(true); kinds.children[KINDS + 1].focus(); settle(); };
    kinds.append(made("button", { type: "button", ariaLabel: say.kinds, onclick: rest }, "…"));
  }
  kinds.hidden = order.length < 2 && !kind;
}

// Shows what was found of the chosen kind, and puts it into the address.
function settle(push) {
  const text = field.value.trim(), start = index.kinds.findIndex(([name]) => (name || "-") === kind);
  some = start < 0 ? found.numbers : found.numbers.filter((number) => index.kind(number) === start);
  const query = new URLSearchParams({ ...(text && { q: text }), ...(kind && { type: kind }) }).toString();
  const search = query && `?${query}`;
  if (search !== location.search) history[push ? "pushState" : "replaceState"](null, "", search || location.pathname);
  for (const link of document.querySelectorAll(".languages a")) link.search = search;
  for (const one of kinds.querySelectorAll("[value]")) one.setAttribute("aria-pressed", String(one.value === kind));
  help.hidden = Boolean(some.length);
  if (!text) status.textContent = "";
  else if (!some.length) status.textContent = say.nothing.replace("%(text)s", () => text);
  else status.textContent = say.results[plural.select(some.length)].replace("%(n)s", figures.format(some.length));
  return show(true);
}

async function look(push = false) {
  clearTimeout(waiting);
  list.ariaBusy = "true";
  const mine = ++turn, text = field.value;
  try {
    index ??= await (opening ??= new Index(new URL(form.dataset.index, document.baseURI)).open());
    const now = text.trim() ? await index.find(text) : none;
    if (mine !== turn) return;
    found = now;
    if (!text.trim()) kind = "";
    offer();
    await settle(push);
  } catch {
    opening = undefined;
    if (mine !== turn) return;
    status.textContent = say.failed;
    help.hidden = false;
  }
}

function read() {
  const asked = new URLSearchParams(location.search);
  field.value = asked.get("q") ?? "";
  kind = asked.get("type") ?? "";
  return look();
}

field.addEventListener("input", () => {
  clearTimeout(waiting);
  turn++;  // what is being looked for is not what is asked now
  waiting = setTimeout(look, PAUSE);
});
form.addEventListener("submit", (event) => { event.preventDefault(); look(true); });
more.addEventListener("click", () => show(false));
addEventListener("popstate", read);
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const steps = [field, ...list.querySelectorAll("a"), ...(more.hidden ? [] : [more])];
  const active = document.activeElement, at = steps.indexOf(active);
  if (event.key === "/" && !active?.matches("input, textarea, select")) field.select();
  else if (event.key === "ArrowDown" && at >= 0) (steps[at + 1] ?? active).focus();
  else if (event.key === "ArrowUp" && at > 0) steps[at - 1].focus();
  else if (event.key === "Escape" && (at > 0 || kinds.contains(active))) field.focus();
  else if (event.key === "Escape" && !at && field.value) field.value = "", look();
  else return;
  event.preventDefault();
});
if (field.value && !new URLSearchParams(location.search).has("q")) look(); // written while this was loaded
else read();
