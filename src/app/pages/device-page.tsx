/** What this machine offers, whether Basin computes right on it, and how fast it is beside stock TensorFlow.js. */
import { BenchmarkSection } from "../device/benchmark-section.tsx";
import { CheckSection } from "../device/check-section.tsx";
import { DeviceSection } from "../device/device-section.tsx";

export default function DevicePage() {
  return (
    <main className="device-page" id="main" tabIndex={-1}>
      <div className="device-inner">
        <DeviceSection />
        <CheckSection />
        <BenchmarkSection />
      </div>
    </main>
  );
}
