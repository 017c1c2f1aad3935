/** Which matrix: operator, examples, statistics, parameters, scaling, seed. */
import { useStore } from "zustand";
import { architectureOf, hasRunningStatistics } from "../../../architectures/specs.ts";
import type { CurvatureBatchNormMode, CurvatureKind } from "../../../experiment/curvature.ts";
import { useSession } from "../../context/session.ts";
import { Alert } from "../../kit/alert.tsx";
import { FieldList } from "../../kit/field-list.tsx";
import { ChoiceField, SwitchField } from "../../kit/fields.tsx";
import { formatCount } from "../../kit/format.ts";
import { ListField } from "../../kit/list-field.tsx";
import { Note } from "../../kit/note.tsx";
import { NumberField } from "../../kit/number-input.tsx";
import { ProblemList } from "../../kit/problem-list.tsx";
import { Section } from "../../kit/section.tsx";
import { spectrumRange } from "../../stores/settings/spectrum-settings.ts";
import { useObstacles, useSelection, useWeightsAtHand } from "../use-subject.ts";

const operators: readonly { readonly value: CurvatureKind; readonly label: string }[] = [
  { value: "hessian", label: "Hessian" },
  { value: "ggn", label: "Gauss–Newton" },
  { value: "fisher", label: "Fisher" },
  { value: "empirical-fisher", label: "empirical Fisher" },
];

const statistics: readonly { readonly value: CurvatureBatchNormMode; readonly label: string }[] = [
  { value: "frozen", label: "frozen" },
  { value: "batch", label: "of each batch" },
];

export function MatrixSection() {
  const { settings } = useSession();
  const view = useStore(settings, (state) => state.current.spectrum);
  const { setSpectrum } = settings.getState();
  const { spec, label } = useWeightsAtHand();
  const selection = useSelection(spec);
  const obstacles = useObstacles();
  const hasBatchNorm = hasRunningStatistics(spec.model);
  return (
    <Section scope="matrix" title="Matrix" aside={label}>
      <FieldList>
        <ChoiceField
          label="Operator"
          value={view.operator}
          options={operators}
          onChange={(operator) => setSpectrum({ operator })}
        />
        <ChoiceField
          label="Examples"
          value={view.subset}
          options={[
            { value: "train", label: "training set" },
            { value: "test", label: "test set" },
          ]}
          onChange={(subset) => setSpectrum({ subset })}
        />
        {hasBatchNorm && (
          <ChoiceField
            label="BatchNorm statistics"
            value={view.batchNorm}
            options={statistics}
            onChange={(batchNorm) => setSpectrum({ batchNorm })}
          />
        )}
        <ListField
          label="Parameters"
          value={view.parameters.join() === "*" ? [] : view.parameters}
          placeholder={`all; or ${architectureOf(spec.model).parameterExample}, …`}
          error={selection?.problem ?? null}
          onChange={(items) => setSpectrum({ parameters: items.length > 0 ? items.slice(0, 40) : ["*"] })}
        />
        <SwitchField
          label="Scaled by filter norms"
          checked={view.filterScaled}
          onChange={(filterScaled) => setSpectrum({ filterScaled })}
        />
        <NumberField
          label="Random seed"
          value={view.seed}
          range={spectrumRange("seed")}
          onChange={(seed) => setSpectrum({ seed })}
        />
      </FieldList>
      <Note keepsLine>
        {selection && !selection.problem
          ? `${formatCount(selection.dimension)} parameters in ${formatCount(selection.tensors)} tensors`
          : ""}
      </Note>
      {obstacles.length > 0 && (
        <Alert title="This matrix cannot be measured">
          <ProblemList problems={obstacles} />
        </Alert>
      )}
    </Section>
  );
}
