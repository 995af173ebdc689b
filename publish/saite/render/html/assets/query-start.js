// Begins the query page where it can be had: a page that was opened as a file may load no modules and no data.

"use strict";

if (location.protocol !== "file:") {
  document.getElementById("ask").hidden = false;
  document.getElementById("no-scripts").hidden = true;
  const src = new URL("query.js", document.currentScript.src).href;
  document.head.append(Object.assign(document.createElement("script"), { type: "module", src }));
}
