// Reads the index below search/data/ (publish/saite/render/search/index.py tells what is in it), piece by piece.

import { errors, key, near, sound, words } from "./search-words.js";

const FULL = 15, WORDS = 12, BEGINNINGS = 60;

// In which of some parts a thing is, if they begin so.
const at = (begins, wanted) => begins.findLastIndex((begin) => begin <= wanted);

export class Index {
  #folder; #files = new Map();

  constructor(folder) { this.#folder = folder; }

  async open() {
    Object.assign(this, await this.#file("manifest.json"));
    this.starts = this.kinds.map(([, , start]) => start);
    return this;
  }

  #file(name) {
    if (!this.#files.has(name)) {
      const coming = fetch(new URL(name, this.#folder)).then((answer) => {
        if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
        return answer.json();
      });
      coming.catch(() => this.#files.delete(name));  // asked again next time
      this.#files.set(name, coming);
    }
    return this.#files.get(name);
  }

  async #entry(kind, begins, wanted) {
    const place = at(begins, wanted);
    const file = place < 0 ? {} : await this.#file(`${kind}${place}.json`);
    return Object.hasOwn(file, wanted) ? file[wanted] : null;
  }

  // The resource with a number: [document, names, further names, texts].
  async record(number) {
    const place = at(this.records, number);
    return (await this.#file(`r${place}.json`))[number - this.records[place]];
  }

  // The number of the kind of a resource.
  kind(number) { return at(this.starts, number); }

  // Keys that a word may mean, and how near each is.
  async #meant(word, typing) {
    const wanted = key(word), found = new Map();
    if (await this.#entry("w", this.words, wanted)) found.set(wanted, 1);
    if (typing) {
      for (const begin of new Set([wanted, sound(word)])) await this.#beginning(begin, found);
    }
    if (!found.size) {
      const most = [...wanted].length < 8 ? 1 : 2, lists = near(wanted).map((one) => this.#entry("n", this.near, one));
      for (const one of new Set((await Promise.all(lists)).flatMap((some) => some ?? []))) {
        const wrong = errors(wanted, one);
        if (wrong <= most) found.set(one, wrong > 1 ? 0.45 : 0.7);
      }
    }
    return found;
  }

  async #beginning(begin, found) {
    const place = Math.max(0, at(this.words, begin)), some = [];
    for (const number of [place, place + 1]) {  // further files only tell of more that begin so
      if (number >= this.words.length || (number > place && !this.words[number].startsWith(begin))) break;
      const file = await this.#file(`w${number}.json`);
      some.push(...Object.keys(file).filter((one) => one.startsWith(begin)));
    }
    some.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
    for (const one of some.slice(0, BEGINNINGS)) {
      found.set(one, Math.max(found.get(one) ?? 0, one === begin ? 1 : 0.6 + 0.35 * begin.length / one.length));
    }
  }

  // Numbers of resources, best first, and the keys by which they were found. typing: the last word may go on.
  async find(text, typing = true) {
    const asked = [...new Set(words(text))].slice(0, WORDS), sums = new Map(), keys = new Set();
    let total = 0, rarest = 0, missing = 0;
    for (const [place, word] of asked.entries()) {
      const meant = await this.#meant(word, typing && place === asked.length - 1 && !/\s$/.test(text));
      const best = new Map();
      let common = meant.size && 1;
      const lists = [...meant].map(async ([one, close]) => [one, close, await this.#entry("w", this.words, one)]);
      for (const [one, close, list] of await Promise.all(lists)) {
        keys.add(one);
        common = Math.max(common, list[0]);
        let number = 0;
        for (const step of list.slice(1)) {
          number += step >> 4;
          const weight = step & FULL, known = best.get(number);
          if (!known || close * (1 + weight) > known[0] * (1 + known[1])) best.set(number, [close, weight]);
        }
      }
      const rare = common && Math.log2(1 + this.count / common);
      if (!rare) missing++;
      rarest = Math.max(rarest, rare);
      total += rare;
      for (const [number, [close, weight]] of best) {
        const sum = sums.get(number) ?? [0, 0];
        sums.set(number, [sum[0] + rare * close * (weight ? 1 : 0.5), sum[1] + close * weight / FULL]);
      }
    }
    total += missing * rarest;  // a word that nothing has tells no thing from another
    const scored = [];
    for (const [number, [matched, covered]] of sums) {
      const share = matched / total, counts = number < this.minor ? 1 : 0.75;
      if (share >= 0.4 || asked.length === 1) scored.push([number, counts * share * (1 + Math.min(1, covered))]);
    }
    scored.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return { numbers: scored.map(([number]) => number), keys };
  }
}
