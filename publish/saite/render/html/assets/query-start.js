// Begins the query page where it can be had: a page that was opened as a file may load no modules and no data.
// It runs before the page is shown, and shows the form as soon as there is one: nothing moves.

"use strict";

if (location.protocol !== "file:") {
  const src = new URL("query.js", document.currentScript.src).href;
  const shown = () => {
    const note = document.getElementById("no-scripts"), form = document.getElementById("ask");
    if (note) note.hidden = true;
    if (form) form.hidden = false;
  };
  const watch = new MutationObserver(shown);
  watch.observe(document, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", () => {
    watch.disconnect();
    shown();
    document.head.append(Object.assign(document.createElement("script"), { type: "module", src }));
  });
}
