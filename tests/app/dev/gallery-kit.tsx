/** Fields, messages and bars of progress, each in the states it can be in. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { Alert } from "../../../src/app/kit/alert.tsx";
import { Disclosure } from "../../../src/app/kit/disclosure.tsx";
import { Field } from "../../../src/app/kit/field.tsx";
import { ChoiceField, SwitchField } from "../../../src/app/kit/fields.tsx";
import { ListField } from "../../../src/app/kit/list-field.tsx";
import { Meter } from "../../../src/app/kit/meter.tsx";
import { notify, notifyFailure } from "../../../src/app/kit/notify.ts";
import { NumberField, NumberInput, OptionalNumberInput, PairField } from "../../../src/app/kit/number-input.tsx";
import { NumberListField } from "../../../src/app/kit/number-list-field.tsx";
import { Section } from "../../../src/app/kit/section.tsx";

const rate = { type: "number", exclusiveMinimum: 0, maximum: 100 } as const;
const count = { type: "integer", minimum: 1, maximum: 1000 } as const;

export function FieldStates() {
  const [value, setValue] = useState(1e-3);
  const [whole, setWhole] = useState(25);
  const [optional, setOptional] = useState<number | null>(null);
  const [hidden, setHidden] = useState<readonly number[]>([256, 256]);
  const [names, setNames] = useState<readonly string[]>(["features.*.weight"]);
  const [choice, setChoice] = useState("sgd");
  const [isOn, setIsOn] = useState(true);
  return (
    <Section title="Fields" aside="as they are">
      <NumberField label="Learning rate" value={value} range={rate} step="decades" onChange={setValue} />
      <NumberField label="Points" value={whole} range={count} onChange={setWhole} />
      <NumberField
        label="Refused by a rule"
        value={128}
        range={count}
        refusal="Give at most 100, the value of data.train.count."
        onChange={() => {}}
      />
      <PairField label="α from, to">
        <NumberInput name="α from" value={-1} range={{ type: "number" }} onChange={() => {}} />
        <NumberInput name="α to" value={1} range={{ type: "number" }} onChange={() => {}} />
      </PairField>
      <Field label="Clip above">
        <OptionalNumberInput
          name="Clip above"
          value={optional}
          range={rate}
          placeholder="none"
          onChange={setOptional}
        />
      </Field>
      <NumberListField
        label="Hidden units"
        value={hidden}
        range={{ items: count, minItems: 0, maxItems: 16 }}
        placeholder="none"
        onChange={setHidden}
      />
      <ListField label="Parameters" value={names} placeholder="all" error={null} onChange={setNames} />
      <ListField
        label="With an error"
        value={["nothing"]}
        placeholder="all"
        error="No tensor has that name."
        onChange={() => {}}
      />
      <ChoiceField
        label="Optimiser"
        value={choice}
        options={[
          { value: "sgd", label: "SGD" },
          { value: "adam", label: "Adam" },
        ]}
        onChange={setChoice}
      />
      <SwitchField label="BatchNorm" checked={isOn} onChange={setIsOn} />
    </Section>
  );
}

export function MessageStates() {
  return (
    <Section title="Messages">
      <Meter label="Nothing yet" fraction={0} />
      <Meter label="Under way" fraction={0.4} />
      <Meter label="Done" fraction={1} />
      <Alert title="It could not be measured">
        The device was lost after 12 of 625 points. Measure again to go on.
      </Alert>
      <Disclosure title="Details">What is said only to those who ask.</Disclosure>
      <Button variant="default" onClick={() => notify("Imported", "3 runs imported.")}>
        Say something
      </Button>
      <Button variant="default" onClick={() => notifyFailure("It could not be kept")(new Error("The disk is full."))}>
        Say a failure
      </Button>
    </Section>
  );
}
