/** A figure of the Spectrum page: its name, its controls, the drawing, a caption, and the values as a table. */
import { ActionIcon, Menu, Tooltip, VisuallyHidden } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { IconDownload } from "@tabler/icons-react";
import { type ReactNode, useId, useRef } from "react";
import type { CaptionParts } from "../figure/describe.ts";
import { Disclosure } from "../kit/disclosure.tsx";
import { Note } from "../kit/note.tsx";
import { notifyFailure } from "../kit/notify.ts";
import { type DataTable, showCell, toCsv } from "./data-table.ts";
import { type Drawing, type FigureFormat, figureFormats, saveFigure } from "./save-figure.ts";
import { Sketch } from "./sketch.tsx";
import { type ColourScheme, svgDocument } from "./svg-document.ts";

export interface FigurePlateProps {
  readonly title: string;
  /** The name in the names of its files: basin-NAME.svg. */
  readonly name: string;
  /** What is done with the figure or chosen in it. */
  readonly controls?: ReactNode;
  readonly caption: CaptionParts;
  /** For those who do not see the drawing. */
  readonly summary: string;
  /** Made when it is opened or saved. */
  readonly table: () => DataTable;
  /** The file of the values where there is one with more than the table; the table's own without. */
  readonly csv?: () => string;
  /** The drawing to save where the one on the page is not an SVG; the page's own without. */
  readonly draw?: () => Drawing;
  /** Draws at a width, in pixels; `summaryId` is the id of the summary. */
  readonly children: (width: number, summaryId: string) => ReactNode;
}

export function FigurePlate({ title, name, controls, caption, summary, table, csv, draw, children }: FigurePlateProps) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const drawing = useRef<HTMLDivElement>(null);
  const id = useId();
  const summaryId = `${id}-summary`;
  const drawPage = (scheme: ColourScheme): Drawing => {
    const svg = drawing.current?.querySelector("svg");
    if (!svg) throw new Error("The figure is not drawn yet.");
    return svgDocument(svg, caption, scheme);
  };
  const save = (format: FigureFormat) =>
    saveFigure(format, { name, csv: csv?.() ?? toCsv(table()), draw: draw ?? drawPage });
  return (
    <figure className="sheet-figure" aria-labelledby={id} aria-describedby={summaryId}>
      <div className="sheet-figure-head">
        <h2 id={id}>{title}</h2>
        {controls}
        <span className="sheet-figure-menu">
          <Menu position="bottom-end" shadow="sm">
            <Menu.Target>
              <Tooltip label="Save the figure">
                <ActionIcon aria-label={`Save: ${title}`}>
                  <IconDownload size={17} stroke={1.5} />
                </ActionIcon>
              </Tooltip>
            </Menu.Target>
            <Menu.Dropdown>
              {figureFormats.map(({ id: format, title: label }) => (
                <Menu.Item key={format} onClick={() => void save(format).catch(notifyFailure("The export failed"))}>
                  {label}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </span>
      </div>
      <div ref={ref} className="sheet-drawing">
        <div ref={drawing}>{width > 0 && children(width, summaryId)}</div>
      </div>
      <VisuallyHidden component="p" id={summaryId}>
        {summary}
      </VisuallyHidden>
      <figcaption>
        <b>{caption.title}</b> {caption.text}
      </figcaption>
      <Disclosure title="Values">
        <ValueTable table={table} title={title} />
      </Disclosure>
    </figure>
  );
}

const mostRows = 400;

interface ValueTableProps {
  readonly title: string;
  readonly table: () => DataTable;
}

function ValueTable({ title, table }: ValueTableProps) {
  const { columns, rows } = table();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className="table-scroll" aria-label={`${title}: values`} tabIndex={0}>
      <table className="data-table">
        <VisuallyHidden component="caption">{title}</VisuallyHidden>
        <thead>
          <tr>
            {columns.map(({ key, title: name }) => (
              <th key={key} scope="col" className="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, mostRows).map((row) => (
            <tr key={row.join()}>
              {row.map((cell, column) => (
                <td key={columns[column].key} className="number">
                  {showCell(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > mostRows && <Note>The first {mostRows} rows; the CSV has all of them.</Note>}
    </section>
  );
}

export interface EmptyPlateProps {
  readonly title: string;
  /** Strokes of a drawing in outline. */
  readonly sketch?: ReactNode;
  readonly children: ReactNode;
}

/** What stands in place of a figure before there is anything to draw. */
export function EmptyPlate({ title, sketch, children }: EmptyPlateProps) {
  return (
    <section className="sheet-empty">
      <div>
        <h2>{title}</h2>
        {children}
      </div>
      {sketch && <Sketch>{sketch}</Sketch>}
    </section>
  );
}
