/** The fuzzer finds what it looks for, and finds it again. */
import { describe, expect, test } from "vitest";
import { drawFrom, mutate } from "./mutate.ts";
import type { FuzzTarget } from "./targets.ts";
import { inputOf, runTrial } from "./trial.ts";

class Refused extends Error {}
const corpus = [new TextEncoder().encode('{"a": 1, "b": [2, 3]}')];
const target = (read: FuzzTarget["read"]): FuzzTarget => ({
  name: "test",
  corpus: async () => corpus,
  read,
  refusals: [Refused],
});
const name = { target: 0, seed: 1, trial: 0 };

describe("a trial", () => {
  test("passes where the reader takes the input or refuses it by name", async () => {
    expect(
      await runTrial(
        target(() => 1),
        corpus,
        name,
      ),
    ).toBeNull();
    const refuse = () => {
      throw new Refused("no");
    };
    expect(await runTrial(target(refuse), corpus, name)).toBeNull();
    expect(
      await runTrial(
        target(async () => refuse()),
        corpus,
        name,
      ),
    ).toBeNull();
  });

  test("finds an error without a name, thrown or rejected", async () => {
    const fail = () => {
      throw new TypeError("x is undefined");
    };
    expect((await runTrial(target(fail), corpus, name))?.what).toContain("x is undefined");
    expect(
      (
        await runTrial(
          target(async () => fail()),
          corpus,
          name,
        )
      )?.what,
    ).toContain("x is undefined");
  });

  test("of a reader that trusts a length is found within a hundred", async () => {
    const read = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes)).b.length;
    const trials = await Promise.all(
      Array.from({ length: 100 }, (_, trial) => runTrial(target(read), corpus, { ...name, trial })),
    );
    expect(trials.filter((finding) => finding !== null).length).toBeGreaterThan(0);
  });

  test("has the same input for the same name, and another for another", () => {
    const inputs = Array.from({ length: 50 }, (_, trial) => inputOf(corpus, { ...name, trial }).join());
    expect(inputs).toEqual(Array.from({ length: 50 }, (_, trial) => inputOf(corpus, { ...name, trial }).join()));
    expect(new Set(inputs).size).toBeGreaterThan(40);
  });

  test("leaves the examples as they are", () => {
    const before = corpus[0].join();
    for (let seed = 0; seed < 200; seed++) mutate(corpus, drawFrom(seed));
    expect(corpus[0].join()).toBe(before);
  });
});
