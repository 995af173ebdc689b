// Answers queries apart from the page: loads the engine and the data when the first comes. To stop it is to end it.

import start, { Store } from "./oxigraph.js";

const GZIP = [0x1f, 0x8b];
let store = null;

async function bytes(address, tell) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  const total = Number(response.headers.get("content-length")) || 0;
  const parts = [];
  let done = 0;
  for (const reader = response.body.getReader(); ; ) {
    const { done: end, value } = await reader.read();
    if (end) break;
    parts.push(value);
    done += value.length;
    tell(done, Math.max(done, total));
  }
  return new Blob(parts);
}

async function text(blob) {
  const [first, second] = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
  // some servers tell browsers that a packed file is packed, and these unpack it
  if (first !== GZIP[0] || second !== GZIP[1]) return blob.arrayBuffer();
  return new Response(blob.stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

async function load({ dump, plain }, tell) {
  tell({ stage: "engine" });
  const engine = new URL("oxigraph.wasm", import.meta.url);
  await start({ module_or_path: await (await fetch(engine)).arrayBuffer() });
  const packed = typeof DecompressionStream === "function";
  const data = await bytes(packed ? dump : plain, (done, total) => tell({ stage: "data", done, total }));
  const quads = new Uint8Array(await text(data));
  const made = new Store();
  made.load(quads, { format: "application/n-quads", no_transaction: true, lenient: true });
  return made;
}

function form(query) {
  const bare = query.replace(/<[^<>"{}|^`\\\s]*>|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|#[^\n]*/g, " ");
  return bare.match(/\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b/i)?.[1].toUpperCase() ?? "SELECT";
}

function answer(query, base) {
  const graph = /CONSTRUCT|DESCRIBE/.test(form(query));
  const results_format = graph ? "text/turtle" : "application/sparql-results+json";
  const options = { use_default_graph_as_union: true, results_format };
  const found = store.query(query, base ? { ...options, base_iri: base } : options);
  return graph ? { turtle: found } : JSON.parse(found);
}

self.onmessage = async ({ data: { number, query, source } }) => {
  const tell = (message) => self.postMessage({ number, ...message });
  try {
    store ??= await load(source, tell);
  } catch (error) {
    tell({ broken: String(error?.message ?? error) });
    return;
  }
  tell({ stage: "running" });
  try {
    tell({ result: answer(query, source.base) });
  } catch (error) {
    tell({ error: String(error?.message ?? error) });
  }
};
