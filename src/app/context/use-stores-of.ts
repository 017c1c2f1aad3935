import { type Context, useContext } from "react";

/** The stores that a provider above has given; `whose` is said where there is none. */
export function useStoresOf<Stores>(context: Context<Stores | null>, whose: string): Stores {
  const stores = useContext(context);
  if (!stores) throw new Error(`There is no provider of the stores of ${whose} above.`);
  return stores;
}
