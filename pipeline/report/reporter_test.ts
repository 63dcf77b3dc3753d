import { assert, assertEquals, assertMatch } from "@std/assert";
import { duration, progressBlock, progressLine } from "./progress_text.ts";
import { TextReporter } from "./reporter.ts";
import { Tally } from "./tally.ts";
import { NO_TERMINAL, type Terminal } from "./terminal.ts";

/** A terminal, or none, on which everything is written down and time is what the test says. */
class FakeStreams {
  now = (): number => this.time;
  time = 5000;
  written = "";
  recorded = "";
  /** Bytes that a write takes at a time. */
  constructor(readonly isTerminal: boolean, readonly size: Partial<Terminal> = {}, readonly portion = Infinity) {}
  terminal = (): Terminal => this.isTerminal ? { columns: 80, rows: 24, colours: false, ...this.size } : NO_TERMINAL;
  readonly error = {
    writeSync: (bytes: Uint8Array): number => {
      const part = bytes.subarray(0, this.portion);
      this.written += new TextDecoder().decode(part);
      return part.length;
    },
  };
  readonly out = {
    writeSync: (bytes: Uint8Array): number => {
      const part = bytes.subarray(0, this.portion);
      this.recorded += new TextDecoder().decode(part);
      return part.length;
    },
  };
  /** What was written for people since the last time. */
  take(): string {
    const text = this.written;
    this.written = "";
    return text;
  }
  /** What was written for programs, line by line, each read as JSON. */
  records(): Record<string, unknown>[] {
    return this.recorded.split("\n").slice(0, -1).map((line) => JSON.parse(line) as Record<string, unknown>);
  }
}

const LINE = "\x1b[K", BELOW = "\x1b[J", UP = "\r\x1b[1A";
const SUMMARY = {
  study: "fig3a",
  folder: "outputs/fig3a",
  seconds: 3.21,
  files: ["current.csv", "run.json"],
  stages: {
    expand: { computed: 1, cached: 0 },
    current: { computed: 0, cached: 9 },
    chart: { computed: 4, cached: 0 },
  },
};

function tallyOf(done: number): Tally {
  const tally = new Tally(["expand", "diagonalize"]);
  tally.count({ kind: "expected", stage: "diagonalize", count: 10 }, 0);
  for (let i = 0; i < done; i++) {
    tally.count({ kind: "computed", stage: "diagonalize", task: "", hash: "", seconds: 1, labour: 1 }, 1000 * (i + 1));
  }
  return tally;
}

Deno.test("on a terminal a block rewrites itself in place, ten times a second at the most", () => {
  const streams = new FakeStreams(true), reporter = new TextReporter(streams, { quiet: false, json: false });
  reporter.started("fig3a", tallyOf(4));
  streams.time += 2000;
  reporter.progressed();
  const block = (time: string) =>
    `fig3a  ${time}, 6.0 s left${LINE}\n  diagonalize  4/10    1.0/s  6.0 s left${LINE}${BELOW}`;
  assertEquals(streams.take(), block("2.0 s"));
  streams.time += 99;
  reporter.progressed();
  assertEquals(streams.take(), "");
  streams.time += 1;
  reporter.progressed();
  assertEquals(streams.take(), `${UP}${block("2.1 s")}`);
  reporter.say("Warning: x");
  assertEquals(streams.take(), `${UP}${BELOW}Warning: x\n`);
  reporter.say("Warning: y");
  assertEquals(streams.take(), "Warning: y\n"); // there is nothing to write over any more
  reporter.finished(SUMMARY);
  assertEquals(
    streams.take(),
    "fig3a: done in 3.2 s, computed expand 1, chart 4 (9 cached); 2 files in\n  outputs/fig3a/\n",
  );
  assertEquals(streams.recorded, "");
});

Deno.test("colours only where they are wanted, and the same words without", () => {
  const told = (colours: boolean): string => {
    const streams = new FakeStreams(true, { colours }),
      reporter = new TextReporter(streams, { quiet: false, json: false });
    reporter.started("fig3a", tallyOf(4));
    reporter.progressed();
    reporter.say("Warning: x");
    reporter.finished(SUMMARY);
    return streams.take();
  };
  // deno-lint-ignore no-control-regex
  const colour = /\x1b\[\d+m/g;
  assert(colour.test(told(true)));
  assertEquals(told(true).replaceAll(colour, ""), told(false));
});

Deno.test("no line of the block wraps, and it is never higher than the terminal", () => {
  for (const columns of [1, 2, 5, 10, 20, 40, 80, 200]) {
    for (const rows of [1, 2, 3, 24]) {
      const lines = progressBlock("a-study-with-quite-a-long-name", tallyOf(3), 1, { columns, rows, colours: false });
      assert(lines.length <= Math.max(1, rows - 1), `${rows}: ${lines.join("|")}`);
      for (const line of lines) assert(line.length <= Math.max(1, columns - 1), `${columns}: ${line}`);
    }
  }
  const lines = progressBlock("a", tallyOf(3), 1, { columns: 200, rows: 3, colours: false });
  assertEquals(lines, ["a  1.0 s, 7.0 s left", "  diagonalize  3/10    1.0/s  7.0 s left"]);
});

Deno.test("several studies are summed up, with those that failed", () => {
  const streams = new FakeStreams(false), reporter = new TextReporter(streams, { quiet: false, json: false });
  reporter.finished(SUMMARY);
  streams.take();
  reporter.ended("outputs");
  assertEquals(streams.take(), ""); // of one there is nothing to sum up
  reporter.record({ event: "failed", study: "fig3b", message: "x" });
  reporter.ended("outputs");
  assertMatch(streams.take(), /^1 of 2 studies done in .* s, results in outputs\/; failed: fig3b\n$/);
  reporter.finished({ ...SUMMARY, study: "fig3b" }); // as under --watch
  streams.take();
  reporter.ended("outputs");
  assertMatch(streams.take(), /^2 studies done in .* s; results in outputs\/\n$/);
});

Deno.test("elsewhere there is a line with the time now and then, and no control characters", () => {
  const streams = new FakeStreams(false), reporter = new TextReporter(streams, { quiet: false, json: false });
  reporter.started("fig3a", tallyOf(4));
  streams.time += 29_999;
  reporter.progressed();
  assertEquals(streams.take(), "");
  streams.time += 1;
  reporter.progressed();
  assertMatch(streams.take(), /^\d\d:\d\d:\d\d fig3a {2}diagonalize 4\/10 {2}6\.0 s left\n$/);
  reporter.progressed();
  reporter.say("Warning: x");
  reporter.finished({ ...SUMMARY, stages: { expand: { computed: 0, cached: 1 } } });
  assertEquals(
    streams.take(),
    "Warning: x\nfig3a: done in 3.2 s, nothing to compute; 2 files in outputs/fig3a/\n",
  );
});

Deno.test("quiet means no progress and no summary, and warnings still", () => {
  for (const terminal of [true, false]) {
    const streams = new FakeStreams(terminal), reporter = new TextReporter(streams, { quiet: true, json: false });
    reporter.started("fig3a", tallyOf(4));
    streams.time += 60_000;
    reporter.progressed();
    reporter.finished(SUMMARY);
    assertEquals([streams.take(), streams.recorded], ["", ""]);
    reporter.say("Stage x failed");
    assertEquals(streams.take(), "Stage x failed\n");
  }
});

Deno.test("programs get one JSON object a line, whether people get anything or not", () => {
  for (const quiet of [true, false]) {
    const streams = new FakeStreams(true), reporter = new TextReporter(streams, { quiet, json: true });
    reporter.started("fig3a", tallyOf(4));
    reporter.progressed();
    streams.time += 999;
    reporter.progressed(); // once a second is enough
    reporter.record({ event: "output", study: "fig3a", file: "a\nb", written: true });
    reporter.finished(SUMMARY);
    assertEquals(streams.records(), [
      { event: "started", study: "fig3a" },
      {
        event: "progress",
        study: "fig3a",
        stages: {
          expand: { computed: 0, cached: 0, expected: 0 },
          diagonalize: { computed: 4, cached: 0, expected: 10 },
        },
        secondsLeft: 6,
      },
      { event: "output", study: "fig3a", file: "a\nb", written: true },
      { event: "finished", ...SUMMARY },
    ]);
  }
});

Deno.test("nothing is lost where the system takes a few bytes at a time", () => {
  const streams = new FakeStreams(false, {}, 3), reporter = new TextReporter(streams, { quiet: false, json: true });
  reporter.say("Warning: something");
  reporter.record({ event: "stopped" });
  assertEquals([streams.take(), streams.recorded], ["Warning: something\n", '{"event":"stopped"}\n']);
});

Deno.test("progress before a study has started says nothing", () => {
  const streams = new FakeStreams(true);
  new TextReporter(streams, { quiet: false, json: true }).progressed();
  assertEquals([streams.take(), streams.recorded], ["", ""]);
});

Deno.test("the progress line shows the stages that have begun, and never more done than to do", () => {
  assertEquals(progressLine("a", tallyOf(0)), "a");
  const tally = tallyOf(12);
  tally.count({ kind: "cached", stage: "expand", task: "", hash: "", labour: 1 }, 0);
  assertEquals(progressLine("a", tally), "a  expand 1  diagonalize 12/12");
  tally.count({ kind: "cached", stage: "diagonalize", task: "", hash: "", labour: 1 }, 0);
  assertEquals(progressLine("a", tally), "a  expand 1  diagonalize 13/13 (1 cached)");
});

Deno.test("times are told in words that fit their size", () => {
  const cases: readonly (readonly [number, string])[] = [
    [0.0421, "0.042 s"],
    [0.416, "0.42 s"],
    [1, "1.0 s"],
    [9.94, "9.9 s"],
    [9.96, "10 s"],
    [12.4, "12 s"],
    [59.4, "59 s"],
    [59.6, "1 min 0 s"],
    [185, "3 min 5 s"],
    [3599.4, "59 min 59 s"],
    [3599.6, "1 h 0 min"],
    [7169, "1 h 59 min"],
    [7171, "2 h 0 min"],
    [7199, "2 h 0 min"],
    [7440, "2 h 4 min"],
    [360_000, "100 h 0 min"],
  ];
  for (const [seconds, text] of cases) assertEquals(duration(seconds), text);
  for (let seconds = 0; seconds < 20_000; seconds += 7.3) {
    const text = duration(seconds);
    assert(!/\b60 (s|min)\b|e/.test(text), `${seconds}: ${text}`);
  }
});
