/** Opening a run takes the place of the one that trains: that is asked first. */
import { Button, Modal } from "@mantine/core";
import { Actions } from "../kit/actions.tsx";

export interface AskToStopProps {
  /** The run to be opened; null for no question. */
  readonly runId: string | null;
  readonly close: () => void;
  readonly openNow: (runId: string) => void;
}

export function AskToStop({ runId, close, openNow }: AskToStopProps) {
  return (
    <Modal
      opened={runId !== null}
      onClose={close}
      title="A run is training"
      centered
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <p className="ask-text">
        Opening another one stops it. What it has done is kept as a checkpoint, from which it can go on later.
      </p>
      <Actions>
        <Button
          onClick={() => {
            if (runId !== null) openNow(runId);
            close();
          }}
        >
          Stop it and open
        </Button>
        <Button variant="default" onClick={close}>
          Go on training
        </Button>
      </Actions>
    </Modal>
  );
}
