/** A tensor set of one shape with a model's flat parameter vector, and its flat state (BatchNorm's running statistics). */
export interface Weights {
  readonly theta: Float32Array;
  readonly state: Float32Array;
}
