// What of a word counts: to the letter what publish/saite/render/search/words.py does, which tells why.

const LETTERS = Object.fromEntries(
  ("аa бb вv гg дd еe ёe жz зz иi йj кk лl мm нn оo пp рr сs тt уu фf хh цc чc шs щsc ъ ыi ь эe юju яja " +
    "іi їji єje ґg ўu әa ғg қk ңn өo ұu үu һh ҳh ҷdz ӣi ӯu æae øo œoe łl đd ðd þth ıi əa ħh")
    .split(" ").map((pair) => [pair[0], pair.slice(1)]));
const SIGNS = /['’‘ʹʺʼ`´”"]/g;
const WORD = /[\p{L}\p{N}]+/gu;
const ENDINGS = ("ajiem ajam ajai ajas ajos aja ais iem ies ai am as ei em es ie ij im is os um us a e i o s u y").split(" ");
const ALIKE = [
  [/shch|sch|sc|sh/g, "s"], [/dzh|dz|dj|zh|z/g, "s"], [/kh|gh/g, "h"], [/ph/g, "f"], [/th/g, "t"],
  [/tch|ts|tz|ch|ck|c|q/g, "k"], [/x/g, "ks"], [/w/g, "v"], [/oo/g, "u"], [/ee|j|y/g, "i"],
];
const LONGEST = 24, STEM = 3, NEAR = 6;

export function words(text) {
  const small = [...text.replace(SIGNS, "").toLowerCase().toUpperCase()].map((c) => c.toLowerCase()).join("");
  const latin = [...small.normalize("NFC")].map((c) => LETTERS[c] ?? c).join("");
  return latin.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(WORD) ?? [];
}

const numbered = (word) => /\p{N}/u.test(word);
const cut = (word) => [...word].slice(0, LONGEST).join("");

export function sound(word) {
  if (numbered(word)) return word;
  for (const [pattern, letter] of ALIKE) word = word.replace(pattern, letter);
  return word.replace(/(.)\1+/gu, "$1");
}

export function key(word) {
  if (numbered(word)) return cut(word);
  const length = [...word].length;
  const ending = ENDINGS.find((e) => word.endsWith(e) && length - e.length >= STEM);
  if (ending) word = word.slice(0, -ending.length);
  if (word.endsWith("j") && [...word].length > STEM) word = word.slice(0, -1);
  return cut(sound(word));
}

// What keys with one error have in common.
export function near(word) {
  const letters = [...word];
  if (letters.length < 4 || numbered(word)) return [];
  const begin = letters.slice(0, NEAR);
  return [...new Set([begin.join(""), ...begin.map((_, place) => begin.filter((_, other) => other !== place).join(""))])];
}

// How many letters are wrong (optimal string alignment).
export function errors(one, other) {
  const a = [...one], b = [...other];
  let before = [], last = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    before = last;
    last = row;
  }
  return last[b.length];
}
