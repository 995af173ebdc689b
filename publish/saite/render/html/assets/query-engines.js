// Who answers a query: an engine in this browser, or the server that the page came from.

export class Stopped extends Error {}
export class Broken extends Error {}

// One query at a time; stopping it ends the worker, and the next query begins another.
export class InBrowser {
  constructor(source, tell) {
    this.source = source;
    this.tell = tell;
    this.worker = null;
    this.number = 0;
    this.refuse = null;
  }

  ask(query) {
    this.worker ??= this.begin();
    const number = (this.number += 1);
    return new Promise((resolve, refuse) => {
      this.refuse = refuse;
      this.worker.onmessage = ({ data }) => {
        if (data.number !== number) return;
        if (data.stage) this.tell(data);
        else if (data.broken !== undefined) {
          this.end();
          refuse(new Broken(data.broken));
        } else if (data.error !== undefined) refuse(new Error(data.error));
        else resolve(data.result);
      };
      this.worker.onerror = (event) => {
        this.end();
        refuse(new Broken(event.message ?? ""));
      };
      this.worker.postMessage({ number, query, source: this.source });
    });
  }

  stop() {
    this.end();
    this.refuse?.(new Stopped());
  }

  begin() {
    return new Worker(new URL("query-worker.js", import.meta.url), { type: "module" });
  }

  end() {
    this.worker?.terminate();
    this.worker = null;
  }
}

export class OnServer {
  constructor(address, tell) {
    this.address = address;
    this.tell = tell;
    this.running = null;
  }

  // Whether there is an endpoint at an address; a plain host has no such file.
  static async at(address) {
    try {
      const response = await fetch(`${address}?query=ASK%7B%7D`, {
        headers: { Accept: "application/sparql-results+json" },
      });
      return response.ok && (response.headers.get("content-type") ?? "").startsWith("application/sparql-results+json");
    } catch {
      return false;
    }
  }

  async ask(query) {
    this.running = new AbortController();
    this.tell({ stage: "running" });
    try {
      const response = await fetch(this.address, {
        method: "POST",
        headers: {
          Accept: "application/sparql-results+json, text/turtle;q=0.9",
          "Content-Type": "application/x-www-form-urlencoded",
        },
        body: new URLSearchParams({ query }),
        signal: this.running.signal,
      });
      const text = await response.text();
      if (!response.ok) throw new Error(text);
      return (response.headers.get("content-type") ?? "").startsWith("text/turtle")
        ? { turtle: text }
        : JSON.parse(text);
    } catch (error) {
      throw error.name === "AbortError" ? new Stopped() : error;
    }
  }

  stop() {
    this.running?.abort();
  }
}
