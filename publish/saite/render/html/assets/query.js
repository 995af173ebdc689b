// The query page: an editor whose queries are answered in this browser, over the site's dump, or by the server.

import { Editor, element } from "./editor.js";
import { Broken, InBrowser, OnServer, Stopped } from "./query-engines.js";
import { Results } from "./query-results.js";

const LARGE = 50e6;
const LABELS = ["2000/01/rdf-schema#label", "2004/02/skos/core#prefLabel"].map((name) => `http://www.w3.org/${name}`);
LABELS.push("http://xmlns.com/foaf/0.1/name", "http://purl.org/dc/terms/title", "https://schema.org/name");

class Page {
  constructor(form) {
    this.form = form;
    this.settings = JSON.parse(form.dataset.settings);
    this.editor = new Editor(form.elements.query);
    this.vocabulary = { prefixes: {}, terms: [], pages: new Map() };
    this.results = new Results(document.getElementById("result"), this.settings, () => this.vocabulary);
    this.status = document.getElementById("query-status");
    this.stop = document.getElementById("query-stop");
    this.here = form.elements.here;
    const tell = (message) => this.told(message);
    const { dump, plain, endpoint, base } = this.settings;
    const whole = (path) => new URL(path, document.baseURI).href;
    this.able = form.dataset.able !== undefined;
    this.engines = {
      browser: new InBrowser({ dump: whole(dump), plain: whole(plain), base }, tell),
      server: new OnServer(whole(endpoint), tell),
    };
    this.running = null;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask();
    });
    this.stop.addEventListener("click", () => this.running?.stop());
    for (const link of form.querySelectorAll("a[data-query]")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        this.take(link.dataset.query);
        link.closest("details").open = false;
      });
    }
    form.addEventListener("focusin", () => this.learn(), { once: true });
    window.addEventListener("hashchange", () => this.follow());
    this.follow();
  }

  get texts() {
    return this.settings.texts;
  }

  // What the address asks for: a query as it is, or one of the ready-made by its name.
  follow() {
    const said = new URLSearchParams(location.hash.slice(1));
    const link = [...this.form.querySelectorAll("a[data-query]")].find((one) => one.dataset.name === said.get("name"));
    const query = said.get("query") ?? link?.dataset.query;
    if (query !== undefined && query !== null && query !== this.editor.text) this.take(query);
  }

  take(query) {
    this.editor.area.focus();
    this.editor.insert(query, 0, this.editor.text.length);
    this.editor.close();
    this.editor.area.setSelectionRange(0, 0);
    this.editor.area.scrollTop = 0;
  }

  async learn() {
    try {
      const { prefixes, terms } = await (await fetch(this.settings.terms)).json();
      const pages = new Map(terms.filter(([, , page]) => page).map(([iri, , page]) => [iri, page]));
      this.vocabulary = { prefixes, terms: terms.map(([iri, labels]) => [iri, labels]), pages };
      this.editor.vocabulary = this.vocabulary;
    } catch {
      // names are a help, no need
    }
  }

  // The server if it has an endpoint and nobody wants it otherwise; it is asked for when the first query is.
  async engine() {
    this.served ??= await OnServer.at(this.engines.server.address);
    if (this.served && this.able) this.here.closest("label").hidden = false;
    return this.served && !(this.able && this.here.checked) ? this.engines.server : this.engines.browser;
  }

  async ask() {
    if (this.running) return;
    const query = this.editor.text;
    this.editor.mark(0);
    this.results.clear();
    this.say(this.texts.running);
    history.replaceState(null, "", `#query=${encodeURIComponent(query)}`);
    const engine = (this.running = await this.engine());
    if (engine === this.engines.browser && !this.able) {
      this.running = null;
      this.say(this.form.dataset.unable);
      return;
    }
    this.stop.hidden = false;
    const begun = performance.now();
    try {
      if (engine === this.engines.browser && !(await this.agreed())) throw new Stopped();
      const result = await engine.ask(query);
      const seconds = (performance.now() - begun) / 1000;
      await this.results.show(result, (iris) => this.label(engine, iris));
      this.say(this.summary(result, seconds, engine));
    } catch (error) {
      this.failed(error);
    } finally {
      this.running = null;
      this.stop.hidden = true;
    }
  }

  // Large data are loaded only if the reader wants that.
  async agreed() {
    if (this.engines.browser.worker) return true;
    try {
      const response = await fetch(this.settings.plain, { method: "HEAD" });
      const size = Number(response.headers.get("content-length")) || 0;
      return size < LARGE || window.confirm(this.texts.large.replace("%(total)s", String(Math.round(size / 1e6))));
    } catch {
      return true;
    }
  }

  async label(engine, iris) {
    const safe = iris.filter((iri) => !/[<>"{}|^`\\\s]/.test(iri));
    if (safe.length === 0) return new Map();
    const nodes = safe.map((iri) => `<${iri}>`).join(" ");
    const labels = LABELS.map((iri) => `<${iri}>`).join("|");
    const folded = this.settings.folded.map((iri) => `<${iri}>`).join(" ");
    const inside = folded ? `EXISTS { VALUES ?f { ${folded} } ?x a ?f }` : "false";
    const found = new Map();
    try {
      const { results } = await engine.ask(
        `SELECT ?x ?l (${inside} AS ?inside) WHERE { VALUES ?x { ${nodes} } OPTIONAL { ?x ${labels} ?l } ` +
          "FILTER EXISTS { ?x ?p ?o } }",
      );
      const { language, languages } = this.settings;
      const rank = (tag) => [language, ...languages, ""].indexOf(tag ?? "") + 1 || 99;
      for (const { x, l, inside } of results.bindings) {
        const known = found.get(x.value);
        const tag = l?.["xml:lang"] ?? "";
        if (!known || rank(tag) < rank(known[1])) found.set(x.value, [l?.value, tag, inside?.value !== "true"]);
      }
    } catch (error) {
      if (error instanceof Stopped) throw error;
    }
    return found;
  }

  told({ stage, done, total }) {
    const mega = (bytes) => (bytes / 1e6).toFixed(1);
    if (stage === "data") {
      this.say(this.texts.data.replace("%(done)s", mega(done)).replace("%(total)s", mega(total)));
    } else this.say(stage === "engine" ? this.texts.engine : this.texts.running);
  }

  say(text) {
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  summary(result, seconds, engine) {
    const number = new Intl.NumberFormat(this.settings.language, { maximumFractionDigits: 2 });
    const rows = result.results?.bindings.length;
    return [
      rows === undefined ? "" : this.texts.rows.replace("%(n)s", number.format(rows)),
      this.texts.seconds.replace("%(n)s", number.format(seconds)),
      engine === this.engines.browser ? this.texts.here : this.texts.there,
    ]
      .filter(Boolean)
      .join(" · ");
  }

  failed(error) {
    if (error instanceof Stopped) {
      this.say(this.texts.stopped);
      return;
    }
    this.say(this.texts.failed);
    const place = error.message.match(/(?:at|line)\s+(\d+)(?::|, column )(\d+)/i);
    if (place) this.editor.mark(Number(place[1]));
    const where = place ? this.texts.place.replace("%(line)s", place[1]).replace("%(column)s", place[2]) : "";
    // the list of all that could stand there helps nobody
    const said = error.message.replace(/^error at \d+:\d+: /, "").replace(/^(expected one of [^[]{0,60}).*/su, "$1…");
    const text = error instanceof Broken ? this.texts.broken : said;
    const told = element("p", {}, where ? element("strong", {}, `${where}: `) : "", element("span", {}, text));
    if (!(error instanceof Broken)) told.lastChild.lang = "en";
    const problem = element("div", { className: "problem" }, told);
    problem.setAttribute("role", "alert");
    this.results.place.replaceChildren(problem);
  }
}

new Page(document.getElementById("ask"));
