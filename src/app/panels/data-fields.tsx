/** Data of the spec: source, subsets, augmentation; and how to bring CIFAR-10 here. */
import { Button, FileButton } from "@mantine/core";
import { useStore } from "zustand";
import type { DataSpec, SubsetSpec } from "../../experiment/spec.ts";
import { useStores } from "../app-stores.ts";
import { formatBytes, formatCount } from "../figure/format.ts";
import { ChoiceField, NumberField, SwitchField } from "./fields.tsx";
import { importAndUse } from "./import-images.ts";
import { Alert } from "./section.tsx";

const selections = [
  { value: "balanced", label: "Class-balanced" },
  { value: "random", label: "Random" },
  { value: "first", label: "First" },
] as const;

export function DataFields() {
  const stores = useStores();
  const { settings } = stores;
  const spec = useStore(settings, (state) => state.current.spec);
  const { stored } = useStore(stores.data);
  const { data } = spec;
  const set = (part: Partial<DataSpec>) =>
    settings.getState().setSpec(`data.${Object.keys(part).join()}`, { ...spec, data: { ...data, ...part } });
  const setTrain = (part: Partial<SubsetSpec>) => set({ train: { ...data.train, ...part } });
  const setTest = (part: Partial<SubsetSpec>) => set({ test: { ...data.test, ...part } });
  return (
    <>
      <ChoiceField
        label="Images"
        value={data.source}
        options={[
          { value: "synthetic", label: "Synthetic figures, 10 classes" },
          { value: "cifar10", label: stored ? "CIFAR-10" : "CIFAR-10 (not here yet)" },
        ]}
        onChange={(source) => set({ source })}
      />
      <CifarStatus />
      <NumberField
        label="Training images"
        value={data.train.count ?? 50_000}
        min={10}
        max={50_000}
        step={500}
        integer
        onChange={(count) => setTrain({ count })}
      />
      <ChoiceField
        label="Selected"
        value={data.train.select}
        options={selections}
        onChange={(select) => setTrain({ select })}
      />
      {data.train.select !== "first" && (
        <NumberField
          label="Seed of the selection"
          value={data.train.seed}
          min={0}
          max={4_294_967_295}
          integer
          onChange={(seed) => setTrain({ seed })}
        />
      )}
      <NumberField
        label="Test images"
        value={data.test.count ?? 10_000}
        min={10}
        max={10_000}
        step={100}
        integer
        onChange={(count) => setTest({ count })}
      />
      <SwitchField label="Crop and flip in training" checked={data.augment} onChange={(augment) => set({ augment })} />
    </>
  );
}

function CifarStatus() {
  const stores = useStores();
  const { stored, status, progress, message } = useStore(stores.data);
  if (status === "importing") {
    const fraction = progress?.totalBytes ? progress.loadedBytes / progress.totalBytes : null;
    return (
      <div role="status">
        <div className="meter">
          <div style={{ width: `${(fraction ?? 0.05) * 100}%` }} />
        </div>
        <p className="note">
          {progress
            ? `${phaseNames[progress.phase]} ${progress.detail}, ${formatBytes(progress.loadedBytes)}`
            : "Starting"}
          {progress?.totalBytes ? ` of ${formatBytes(progress.totalBytes)}` : ""}
        </p>
        <Button variant="default" onClick={() => stores.data.getState().cancel()}>
          Cancel the import
        </Button>
      </div>
    );
  }
  return (
    <div>
      {message && <Alert title="The images were not imported">{message}</Alert>}
      {stored ? (
        <p className="note">
          CIFAR-10 is kept in this browser: {formatCount(stored.trainCount)} training and{" "}
          {formatCount(stored.testCount)} test images, {formatBytes(stored.bytes)}.
        </p>
      ) : (
        <>
          <p className="note">
            To use CIFAR-10, drop cifar-10-binary.tar.gz, its .bin files or a .parquet anywhere on this page, or:
          </p>
          <div className="actions" style={{ marginTop: 8 }}>
            <FileButton
              multiple
              accept=".gz,.tgz,.tar,.bin,.parquet"
              onChange={(files) => void importAndUse(stores, { kind: "files", files })}
            >
              {(props) => (
                <Button variant="default" {...props}>
                  Choose files
                </Button>
              )}
            </FileButton>
          </div>
        </>
      )}
    </div>
  );
}

const phaseNames = {
  downloading: "Downloading",
  checking: "Checking",
  reading: "Reading",
  storing: "Storing",
} as const;
