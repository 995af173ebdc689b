/* Narrows down a listing in place: of each facet any of the chosen values, of all facets each. Without this script, the
   links beside the listing lead to a page for each value. What is chosen stands in the address, to be passed on. */
(() => {
  "use strict";

  const FIRST = 8;
  const PREFIXED = (name) => new RegExp(`(?:^|[\\s/^])${name}:`, "m");

  const combine = document.querySelector("a[data-combine]");
  if (combine) combine.parentElement.hidden = false;
  const aside = document.querySelector("aside[data-facets]");
  if (!aside) return;
  const box = aside.querySelector("details");
  const narrow = matchMedia("(max-width: 63.99rem)").matches;

  const make = (name, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const named = (name, [text, lang], properties = {}) => make(name, { ...properties, ...(lang && { lang }) }, text);
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name]);

  const start = ({ members, facets, query, titles, file, csv, words }) => {
    const all = document.getElementById("all");
    const results = document.getElementById("results");
    const code = document.querySelector(".selection code");
    const takeaway = document.querySelector(".lead .takeaway");
    const whole = { query: [...code.childNodes] };
    const chosen = facets.map(() => new Set());
    const boxes = facets.map(() => []);

    const status = make("p", { className: "use", tabIndex: -1 });
    status.setAttribute("role", "status");
    const clear = make("button", { type: "button", className: "plain-button", hidden: true }, words.clear);
    const save = make("button", { type: "button", className: "plain-button" }, "CSV");
    const saved = make("p", { className: "takeaway", hidden: true }, `${words.table} `, save);
    const list = make("ul", { className: "links", hidden: true });
    const none = make("p", { hidden: true }, words.none);
    const state = make("div", { className: "narrowed unseen" }, status, clear); // takes room once something is chosen
    results.prepend(state, list, none);
    if (takeaway && csv) takeaway.after(saved);

    const form = make("form", { autocomplete: "off" });
    form.addEventListener("submit", (event) => event.preventDefault());
    facets.forEach((facet, place) => {
      const field = make("fieldset", {}, make("legend", {}, facet.name));
      const rows = facet.values.map(([token, text, lang], index) => {
        const input = make("input", { type: "checkbox", name: facet.key, value: token });
        const count = make("span", { className: "count" });
        input.addEventListener("change", () => {
          chosen[place][input.checked ? "add" : "delete"](index);
          show(true);
        });
        boxes[place].push({ input, count });
        return make("li", {}, make("label", {}, input, named("span", [text, lang]), count));
      });
      field.append(make("ul", { className: "plain" }, ...rows));
      if (rows.length > FIRST + 1) {
        const rest = rows.slice(FIRST);
        const more = make("button", { type: "button", className: "plain-button" }, `${words.more} (${rows.length})`);
        more.addEventListener("click", () => {
          rest.forEach((row) => { row.hidden = false; });
          more.remove();
          rest[0].querySelector("input").focus();
        });
        rest.forEach((row) => { row.hidden = true; });
        field.append(more);
        boxes[place].more = { rest, more };
      }
      form.append(field);
    });
    box.querySelectorAll("section").forEach((section) => section.remove());
    box.append(form);
    aside.hidden = false;
    if (narrow) box.open = false;
    document.querySelector(".jump")?.remove(); // which is as high as the closed choices: nothing moves
    results.before(aside); // choices come before what they choose from

    /* By member: how many facets with a choice it fails, and which one it failed last. */
    const judged = () => {
      const fails = new Uint8Array(members.length);
      const failed = new Int16Array(members.length).fill(-1);
      facets.forEach((facet, place) => {
        if (!chosen[place].size) return;
        const has = new Uint8Array(members.length);
        for (const index of chosen[place]) for (const member of facet.values[index][4]) has[member] = 1;
        has.forEach((one, member) => {
          if (!one) {
            fails[member] += 1;
            failed[member] = place;
          }
        });
      });
      return { fails, failed };
    };

    const asked = () => {
      let body = query.head;
      facets.forEach((facet, place) => {
        const some = [...chosen[place]].sort((a, b) => facet.order[a] - facet.order[b]);
        const [before, between, after] = facet.clause;
        if (some.length) body += before + some.map((index) => facet.values[index][3]).join(between) + after;
      });
      body += query.foot;
      const bare = body.replace(/<[^>]*>/g, "");
      const used = Object.keys(query.prefixes).filter((name) => PREFIXED(name).test(bare));
      return `${used.map((name) => `PREFIX ${name}: <${query.prefixes[name]}>\n`).join("")}\n${body}`;
    };

    const table = (found) => {
      const guarded = (text) => (/^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text);
      const quoted = (text) => (/[",;\t\r\n]|^[\s#]|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
      const values = facets.map(() => members.map(() => []));
      facets.forEach((facet, place) => facet.values.forEach(([, text, , , some]) => {
        for (const member of some) values[place][member].push(text);
      }));
      const rows = found.map((member) => {
        const [text, , , iri] = members[member];
        return [iri, ...[text, ...values.map((one) => one[member].join(" | "))].map(guarded)];
      });
      return [titles.map(guarded), ...rows].map((row) => `${row.map(quoted).join(",")}\r\n`).join("");
    };

    let found = [];
    save.addEventListener("click", () => {
      const href = URL.createObjectURL(new Blob([table(found)], { type: "text/csv;charset=utf-8" }));
      make("a", { href, download: file }).click();
      setTimeout(() => URL.revokeObjectURL(href), 10000);
    });
    clear.addEventListener("click", () => {
      chosen.forEach((some) => some.clear());
      show(true);
      status.focus();
    });

    const show = (noted) => {
      const { fails, failed } = judged();
      const some = chosen.some((one) => one.size);
      found = [...members.keys()].filter((member) => !fails[member]);
      facets.forEach((facet, place) => facet.values.forEach(([, , , , having], index) => {
        const { input, count } = boxes[place][index];
        const left = having.filter((one) => !fails[one] || (fails[one] === 1 && failed[one] === place)).length;
        input.checked = chosen[place].has(index);
        count.textContent = number.format(left);
        count.parentElement.classList.toggle("empty", !left && !input.checked);
        if (input.checked && input.closest("li").hidden) {
          boxes[place].more.rest.forEach((row) => { row.hidden = false; });
          boxes[place].more.more.remove();
        }
      }));
      status.textContent = fill(words.shown, { n: number.format(found.length), total: number.format(members.length) });
      all.hidden = some;
      list.hidden = !some;
      none.hidden = !some || found.length > 0;
      clear.hidden = !some;
      if (some || noted) state.classList.remove("unseen");
      saved.hidden = !some;
      if (takeaway) takeaway.hidden = some;
      const links = some ? found.map((member) => {
        const [text, lang, href] = members[member];
        return make("li", {}, named("a", [text, lang], { href }));
      }) : [];
      list.replaceChildren(...links);
      code.replaceChildren(...(some ? [asked()] : whole.query));
      const address = new URLSearchParams();
      facets.forEach((facet, place) => {
        for (const index of [...chosen[place]].sort((a, b) => a - b)) address.append(facet.key, facet.values[index][0]);
      });
      const search = some ? `?${address}` : "";
      if (noted) history.replaceState(null, "", location.pathname + search + location.hash);
      document.querySelectorAll(".languages a").forEach((link) => { link.search = search; });
    };

    const read = () => {
      const wanted = new URLSearchParams(location.search);
      facets.forEach((facet, place) => {
        chosen[place].clear();
        const tokens = wanted.getAll(facet.key);
        facet.values.forEach(([token], index) => { if (tokens.includes(token)) chosen[place].add(index); });
      });
      show(false);
    };
    addEventListener("popstate", read);
    read();
  };

  fetch(aside.dataset.facets)
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
    .then(start)
    .catch(() => {}); // the links are still there
})();
