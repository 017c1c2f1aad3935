/** The names of eigenpairs, by their rank from either end of the spectrum. */

/** 1, 2, … from the top and −1, −2, … from the bottom, as directions of a surface are named. */
export const pairNumber = (place: number, top: number): number => (place < top ? place + 1 : top - place - 1);

const subscripts = "₀₁₂₃₄₅₆₇₈₉";

/** λ₁, λ₋₁. */
export function pairName(number: number, letter = "λ"): string {
  const digits = [...String(Math.abs(number))].map((digit) => subscripts[Number(digit)]).join("");
  return `${letter}${number < 0 ? "₋" : ""}${digits}`;
}
