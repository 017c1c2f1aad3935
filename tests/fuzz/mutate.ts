/** Damage to bytes, drawn from a seed: what disks, networks and ill will do to a file. The same seed does the same. */
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

export type Draw = (below: number) => number;

/** Whole numbers from 0 up to `below`, without it. */
export function drawFrom(seed: number): Draw {
  const generator = xoroshiro128plus(seed);
  return (below) => uniformInt(generator, 0, below - 1);
}

/** Numbers at which readers of lengths and counts go wrong. */
const edges = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

/** Texts at which readers of JSON, CSV, links and headers go wrong. */
const tokens = [
  "null",
  "-1",
  "0",
  "1e309",
  "1e-400",
  "NaN",
  "9007199254740993",
  "{}",
  "[]",
  '""',
  "true",
  "__proto__",
  "constructor",
  "\u0000",
  "../../",
  "\\",
  "%",
  "%zz",
  "&",
  "=",
  ",",
  ":",
  ";",
  "\n",
  "\r\n",
  "\ufeff",
  "\ud800",
  "🙂",
  "[[[[[[[[",
  "{{{{{{{{",
  "[1e9]",
  "-0",
];

type Mutation = (bytes: Uint8Array, draw: Draw, other: Uint8Array) => Uint8Array;

const joined = (...parts: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
};

/** A place in the bytes: half of them near the beginning, a quarter near the end, where headers and directories are. */
function placeIn(length: number, draw: Draw): number {
  const near = Math.min(length, 1024);
  const where = draw(4);
  if (where === 0) return draw(length + 1);
  return where === 1 ? length - near + draw(near + 1) : draw(near + 1);
}

/** A range of at most `longest` bytes. */
function range(bytes: Uint8Array, draw: Draw, longest: number): [from: number, to: number] {
  const from = placeIn(bytes.length, draw);
  return [from, Math.min(bytes.length, from + 1 + draw(longest))];
}

const flipBit: Mutation = (bytes, draw) => {
  const copy = Uint8Array.from(bytes);
  if (copy.length > 0) copy[Math.min(copy.length - 1, placeIn(copy.length, draw))] ^= 1 << draw(8);
  return copy;
};

/** An edge number over one, two, four or eight bytes, little- or big-endian. */
const overwriteNumber: Mutation = (bytes, draw) => {
  const copy = Uint8Array.from(bytes);
  const width = 1 << draw(4);
  if (copy.length < width) return copy;
  const at = Math.min(copy.length - width, placeIn(copy.length, draw));
  const edge = edges[draw(edges.length)];
  const isBigEndian = draw(4) === 0;
  for (let byte = 0; byte < width; byte++) {
    const place = isBigEndian ? width - 1 - byte : byte;
    copy[at + place] = Math.floor(edge / 256 ** byte) & 0xff;
  }
  return copy;
};

const truncate: Mutation = (bytes, draw) => bytes.slice(0, draw(bytes.length + 1));

const remove: Mutation = (bytes, draw) => {
  const [from, to] = range(bytes, draw, 64);
  return joined(bytes.subarray(0, from), bytes.subarray(to));
};

const repeat: Mutation = (bytes, draw) => {
  const [from, to] = range(bytes, draw, 256);
  return joined(bytes.subarray(0, to), bytes.subarray(from));
};

const insertToken: Mutation = (bytes, draw) => {
  const at = placeIn(bytes.length, draw);
  return joined(bytes.subarray(0, at), new TextEncoder().encode(tokens[draw(tokens.length)]), bytes.subarray(at));
};

/** A run of digits, or a word, becomes a token. */
const replaceWord: Mutation = (bytes, draw) => {
  const isWord = (byte: number) => /[\w.+-]/.test(String.fromCharCode(byte));
  let from = placeIn(bytes.length, draw);
  while (from < bytes.length && !isWord(bytes[from])) from++;
  let to = from;
  while (to < bytes.length && to < from + 64 && isWord(bytes[to])) to++;
  return joined(bytes.subarray(0, from), new TextEncoder().encode(tokens[draw(tokens.length)]), bytes.subarray(to));
};

const splice: Mutation = (bytes, draw, other) =>
  joined(bytes.subarray(0, draw(bytes.length + 1)), other.subarray(draw(other.length + 1)));

const mutations = [
  flipBit,
  flipBit,
  overwriteNumber,
  overwriteNumber,
  truncate,
  remove,
  repeat,
  insertToken,
  replaceWord,
  splice,
];

/** One to four mutations of a text or file of the corpus, which is not touched. */
export function mutate(corpus: readonly Uint8Array[], draw: Draw): Uint8Array<ArrayBuffer> {
  let bytes = corpus[draw(corpus.length)];
  for (let left = 1 + draw(4); left > 0; left--) {
    bytes = mutations[draw(mutations.length)](bytes, draw, corpus[draw(corpus.length)]);
  }
  return Uint8Array.from(bytes);
}
