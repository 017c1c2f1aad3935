/**
 * A table with an entry for each of the names. Its one cast is for all tables whose entries differ in type by name: the compiler
 * can't say that what a function gives for a name is of the type that the table has there. See that it is, where you call this.
 */
export const tableOf = <Table extends object>(
  names: readonly (keyof Table)[],
  entry: <Name extends keyof Table>(name: Name) => unknown,
): Table => Object.fromEntries(names.map((name) => [name, entry(name)])) as Table;
