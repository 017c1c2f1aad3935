/** Takes a data set's images out of the browser's storage, once that was asked and confirmed. */
import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { useStore } from "zustand";
import { factsOf } from "../../data/sets/facts.ts";
import type { StoredImages } from "../../jobs/image-jobs.ts";
import { useSession } from "../context/session.ts";
import { Actions } from "../kit/actions.tsx";
import { formatBytes, formatCount } from "../kit/format.ts";
import { notify, notifyFailure } from "../kit/notify.ts";

export function RemoveImages({ kept: { set, counts, bytes } }: { readonly kept: StoredImages }) {
  const { data } = useSession();
  const isImporting = useStore(data, (state) => state.importing !== null);
  const [isAsked, setAsked] = useState(false);
  const { title } = factsOf(set);
  const close = () => setAsked(false);
  const remove = () => {
    close();
    void data
      .getState()
      .remove(set)
      .then(
        () =>
          notify(
            `${title} was removed`,
            `${formatBytes(bytes)} are free again. Runs and their results are still here.`,
          ),
        notifyFailure(`${title} could not be removed`),
      );
  };
  return (
    <>
      <Button variant="default" disabled={isImporting} onClick={() => setAsked(true)}>
        Remove {title}
      </Button>
      <Modal
        opened={isAsked}
        onClose={close}
        title={`Remove ${title} from this browser?`}
        centered
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <p className="ask-text">
          {formatCount(counts.train)} training and {formatCount(counts.test)} test images go, {formatBytes(bytes)}.
          Runs, their weights and everything measured of them stay and can be looked at, compared by their weights and
          exported. To train a run on {title} further, or to measure anything more of it, bring the images back first.
        </p>
        <Actions>
          <Button color="red" onClick={remove}>
            Remove the images
          </Button>
          <Button variant="default" onClick={close}>
            Keep them
          </Button>
        </Actions>
      </Modal>
    </>
  );
}
