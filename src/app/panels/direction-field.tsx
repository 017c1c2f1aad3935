/**
 * A direction of a surface: random by its seed, an eigenvector by its rank from either end of the spectrum, or a principal
 * direction of the training's path.
 */
import { Select } from "@mantine/core";
import { numberRange } from "../../experiment/number-range.ts";
import { directionSchemas, type ViewDirection } from "../../experiment/surface-view.ts";
import { Field } from "../kit/field.tsx";
import { NumberInput } from "../kit/number-input.tsx";
import { Sym } from "../kit/symbol.tsx";
import classes from "./direction-field.module.css";

const kinds = [
  { value: "random", label: "random" },
  { value: "top", label: "top λ" },
  { value: "bottom", label: "bottom λ" },
  { value: "path", label: "path PC" },
] as const;
type Kind = (typeof kinds)[number]["value"];

export interface DirectionFieldProps {
  readonly symbol: "α" | "β";
  readonly direction: ViewDirection;
  readonly onChange: (direction: ViewDirection) => void;
  /** Only where there is one run whose path it can be. */
  readonly allowsPath?: boolean;
}

export function DirectionField({ symbol, direction, onChange, allowsPath = false }: DirectionFieldProps) {
  const kind = kindOf(direction);
  // Two directions should not come out the same: β starts with the second seed and the second largest, α with the first.
  const first = symbol === "α" ? 1 : 2;
  const starts: Readonly<Record<Kind, ViewDirection>> = {
    random: { kind: "random", seed: first },
    top: { kind: "eigen", index: first },
    bottom: { kind: "eigen", index: symbol === "α" ? -2 : -1 },
    path: { kind: "pca", index: first },
  };
  return (
    <Field
      label={
        <>
          <Sym>{symbol}</Sym> along
        </>
      }
    >
      <div className={classes.pair}>
        <Select
          aria-label={`Kind of direction ${symbol}`}
          value={kind}
          data={kinds.filter(({ value }) => value !== "path" || allowsPath || kind === "path")}
          onChange={(next) => {
            const chosen = kinds.find(({ value }) => value === next);
            if (chosen && chosen.value !== kind) onChange(starts[chosen.value]);
          }}
        />
        {direction.kind === "random" && (
          <NumberInput
            name={`Seed of direction ${symbol}`}
            value={direction.seed}
            range={numberRange(directionSchemas.random, "seed")}
            onChange={(seed) => onChange({ kind: "random", seed })}
          />
        )}
        {direction.kind === "eigen" && (
          <NumberInput
            name={`Rank of eigenvector ${symbol} from the ${kind} of the spectrum`}
            value={Math.abs(direction.index)}
            range={{ ...numberRange(directionSchemas.eigen, "index"), minimum: 1 }}
            onChange={(rank) => onChange({ kind: "eigen", index: kind === "top" ? rank : -rank })}
          />
        )}
        {direction.kind === "pca" && (
          <NumberInput
            name={`Rank of the path's principal direction ${symbol}`}
            value={direction.index}
            range={numberRange(directionSchemas.pca, "index")}
            onChange={(index) => onChange({ kind: "pca", index })}
          />
        )}
      </div>
    </Field>
  );
}

function kindOf(direction: ViewDirection): Kind {
  if (direction.kind === "random") return "random";
  if (direction.kind === "pca") return "path";
  return direction.index > 0 ? "top" : "bottom";
}
