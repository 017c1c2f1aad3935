/** Work of a product, averaged over the products of several operators; 0 without any. */
export function meanFlop(costs: readonly { readonly flop: number; readonly products: number }[]): number {
  const products = costs.reduce((total, cost) => total + cost.products, 0);
  return costs.reduce((total, { flop, products: own }) => total + flop * own, 0) / Math.max(1, products);
}
