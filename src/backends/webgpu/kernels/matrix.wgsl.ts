/**
 * Operands that lie in memory as plain matrices: those of a matrix product, the filters of a convolution and its
 * cotangents. k runs over `inner` elements within a tap of the filter; a matrix product has one tap.
 */
import { belowExtent, type OperandText, quad, units } from "./operand.wgsl.ts";

/** Element (k, i) at k·pitch + i: rows of k. `name` keeps the two operands' variables apart. */
export function acrossMatrix(name: string, inner: number, extent: number): OperandText {
  const vectorised = extent % 4 === 0;
  const tail = inner % 4 !== 0;
  return {
    axis: "across",
    vectorised,
    fields: { [`${name}Pitch`]: units(vectorised, extent), inner },
    setup: (slot, index) => `let ${name}Quad${slot} = ${index}${vectorised ? "" : " * 4u"};`,
    perStep: (slot) => `let ${name}At${slot} = (tap * inner + 4u * step) * ${name}Pitch + ${name}Quad${slot};`,
    load: (slot, j, read) => {
      const value = quad(vectorised, `${name}At${slot} + ${j} * ${name}Pitch`, read);
      return tail ? `select(vec4f(), ${value}, 4u * step + ${j} < inner)` : value;
    },
  };
}

/** Element (k, i) at i·pitch + k: columns of k, each tap's block `extent`·pitch after the last. */
export function alongMatrix(name: string, inner: number, extent: number): OperandText {
  const vectorised = inner % 4 === 0;
  return {
    axis: "along k",
    vectorised,
    fields: { [`${name}Pitch`]: units(vectorised, inner), [`${name}Extent`]: extent, inner },
    setup: (slot, index) => `let ${name}Line${slot} = ${index};`,
    perTap: (slot) => `let ${name}At${slot} = (tap * ${name}Extent + ${name}Line${slot}) * ${name}Pitch;`,
    load: (slot, _, read) =>
      vectorised
        ? read(`${name}At${slot} + step`)
        : belowExtent(quad(false, `${name}At${slot} + 4u * step`, read), "inner"),
  };
}
