/** What the device offers: a name and a value a row. */
import type { Fact } from "./device-words.ts";
import styles from "./fact-table.module.css";

export function FactTable({ caption, facts }: { readonly caption: string; readonly facts: readonly Fact[] }) {
  return (
    <table className={`data-table ${styles.table}`}>
      <caption>{caption}</caption>
      <tbody>
        {facts.map(({ name, value }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
