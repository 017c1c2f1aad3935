/** Numbers for people: a true minus sign, a fixed count of significant digits, SI prefixes. */

const minus = "−";
const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A measured value to `digits` significant digits; very large or small ones as 1.23×10⁻⁵. */
export function formatValue(value: number, digits = 4): string {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${minus}∞`;
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return formatPower(value, digits);
  return withMinus(value.toPrecision(digits).includes("e") ? String(Math.round(value)) : value.toPrecision(digits));
}

/** A difference: its sign always shown. */
export function signedValue(value: number, digits = 4): string {
  return value > 0 ? `+${formatValue(value, digits)}` : formatValue(value, digits);
}

function formatPower(value: number, digits: number): string {
  const [mantissa, exponent] = value.toExponential(Math.max(0, digits - 1)).split("e") as [string, string];
  const power = Number(exponent);
  const raised = [...String(Math.abs(power))].map((digit) => superscripts[Number(digit)]).join("");
  return `${withMinus(mantissa)}×10${power < 0 ? "⁻" : ""}${raised}`;
}

/** Words with a capital, for the start of a sentence. */
export const capitalised = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

/** An axis label: as short as the number allows. */
export function formatTick(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e5 || size < 1e-3) {
    const text = formatPower(value, 3).replace(/\.?0+×/, "×");
    return text.replace(/^1×/, "").replace(/^−1×/, minus);
  }
  return withMinus(String(Number(value.toPrecision(6))));
}

/** A coordinate with a fixed number of decimals, so that a moving readout keeps its width. */
export function formatFixed(value: number, decimals: number): string {
  return withMinus(value.toFixed(decimals)).replace(/^−(0\.?0*)$/, "$1");
}

function withMinus(text: string): string {
  return text.replace("-", minus);
}

function withPrefix(value: number, prefixes: readonly string[], base: number): string {
  if (!Number.isFinite(value)) return "–";
  let index = 0;
  let scaled = value;
  while (scaled >= base * 0.9995 && index < prefixes.length - 1) {
    scaled /= base;
    index += 1;
  }
  const text = scaled >= 100 || index === 0 ? String(Math.round(scaled)) : scaled.toPrecision(scaled >= 10 ? 3 : 2);
  return `${text} ${prefixes[index]}`;
}

export function formatBytes(bytes: number): string {
  return withPrefix(bytes, ["B", "kB", "MB", "GB", "TB"], 1000);
}

export function formatFlop(flop: number): string {
  return withPrefix(flop, ["FLOP", "kFLOP", "MFLOP", "GFLOP", "TFLOP", "PFLOP", "EFLOP"], 1000);
}

export function formatCount(count: number): string {
  return withMinus(String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, "\u202f"));
}

/** "1 product", "12 products". */
export const countWords = (count: number, unit: string): string =>
  `${formatCount(count)} ${unit}${count === 1 ? "" : "s"}`;

/** Two significant units at most: "40 s", "3 min 20 s", "2 h 5 min". */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return "–";
  if (seconds < 1) return "under 1 s";
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  if (whole < 172_800) return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
  return `${Math.round(whole / 86_400)} days`;
}

/** An estimate of a duration, as it stands in a sentence. */
export function aboutDuration(seconds: number): string {
  if (seconds < 1) return "under a second";
  // No estimate knows the seconds of a minute.
  return seconds < 60 || seconds >= 3570 ? `about ${formatDuration(seconds)}` : `about ${Math.round(seconds / 60)} min`;
}

export function formatPercent(fraction: number, decimals = 1): string {
  return Number.isFinite(fraction) ? `${(fraction * 100).toFixed(decimals)} %` : "–";
}

const dateFormat = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});
/** "2 Jan, 10:04" by the clock here. */
export const formatDate = (ms: number): string => (Number.isFinite(ms) ? dateFormat.format(ms) : "–");
