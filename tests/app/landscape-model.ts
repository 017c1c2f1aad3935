/** A loss landscape in closed form, with a valley, a ridge, a wall that diverges: what the fakes train and measure. */
export function exampleLoss(alpha: number, beta: number): number {
  const u = alpha * 0.94 + beta * 0.34 - 0.04;
  const v = -alpha * 0.34 + beta * 0.94 + 0.06;
  const bowl = 0.055 + 2.1 * u * u + 0.75 * v * v + 1.4 * u ** 4;
  const valley = 0.55 * (1 - Math.exp(-((v - 0.55 * u * u + 0.1) ** 2) / 0.09));
  const knoll = 0.85 * Math.exp(-((alpha - 0.52) ** 2 + (beta + 0.38) ** 2) / 0.035);
  const ripple = 0.06 * Math.sin(7 * alpha + 2) * Math.sin(6 * beta) * (0.2 + alpha * alpha + beta * beta);
  return bowl + valley * (0.5 + 0.5 * Math.hypot(alpha, beta)) + knoll + ripple;
}

export function exampleAccuracy(loss: number): number {
  return Math.max(0.1, Math.min(1, Math.exp(-loss * 0.55)));
}
