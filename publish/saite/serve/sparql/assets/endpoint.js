// Answers below the editor without a new page. Without this script the form works as forms do.

import { Editor, element } from "./editor.js";

const LONG = 4000;

class Asking {
  constructor(form, editor) {
    this.form = form;
    this.editor = editor;
    this.running = null;
    this.status = element("span", { className: "status" });
    this.status.setAttribute("role", "status");
    this.stop = element("button", { type: "button", hidden: true }, form.dataset.stop);
    form.querySelector(".go").append(this.stop, this.status);
    this.stop.addEventListener("click", () => this.running?.abort());
    form.addEventListener("submit", (event) => {
      if (form.elements.format.value !== "html") return;
      event.preventDefault();
      this.ask();
    });
  }

  async ask() {
    this.running?.abort();
    const running = (this.running = new AbortController());
    const said = new URLSearchParams(new FormData(this.form));
    const address = `${this.form.action}?${said}`;
    const short = address.length < LONG;
    this.stop.hidden = false;
    this.status.textContent = `${this.form.dataset.asking} …`;
    const begun = performance.now();
    try {
      const options = { headers: { Accept: "text/html" }, signal: running.signal };
      const response = short
        ? await fetch(address, options)
        : await fetch(this.form.action, { ...options, method: "POST", body: said });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const result = page.getElementById("result");
      document.getElementById("result").replaceWith(document.importNode(result, true));
      this.editor.mark(Number(page.querySelector("form.sparql")?.dataset.line ?? 0));
      this.status.textContent = `${((performance.now() - begun) / 1000).toFixed(2)} s`;
      if (short) history.pushState(null, "", address);
    } catch (error) {
      this.status.textContent = error.name === "AbortError" ? "" : this.form.dataset.failed;
    } finally {
      if (this.running === running) {
        this.running = null;
        this.stop.hidden = true;
      }
    }
  }
}

function begin(form) {
  const editor = new Editor(form.elements.query);
  new Asking(form, editor);
  document.getElementById("keys").hidden = false;
  editor.mark(Number(form.dataset.line));
  for (const link of form.querySelectorAll("a[data-query]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      editor.area.focus();
      editor.insert(link.dataset.query, 0, editor.text.length);
      editor.close();
      editor.area.setSelectionRange(0, 0);
      editor.area.scrollTop = 0;
      link.closest("details").open = false;
    });
  }
  window.addEventListener("popstate", () => location.reload());
  fetch(form.dataset.terms)
    .then((response) => response.json())
    .then((vocabulary) => (editor.vocabulary = vocabulary))
    .catch(() => {}); // names of the vocabulary are a help, no need
}

for (const form of document.querySelectorAll("form.sparql")) begin(form);
