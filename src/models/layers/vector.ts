/** Declarations of tensors with one entry a channel, which PyTorch lays out alike. */
import type { TensorDeclaration, TensorRole } from "../layout.ts";

export const declareVector = (role: TensorRole, channels: number): TensorDeclaration => ({
  role,
  shape: [channels],
  torchShape: [channels],
  torchAxes: [0],
});
