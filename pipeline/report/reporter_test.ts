import { assert, assertEquals, assertMatch } from "@std/assert";
import { duration, progressLine, TextReporter } from "./reporter.ts";
import { Tally } from "./tally.ts";

/** A terminal, or none, on which everything is written down and time is what the test says. */
class FakeStreams {
  now = (): number => this.time;
  time = 5000;
  written = "";
  recorded = "";
  /** Bytes that a write takes at a time. */
  constructor(readonly terminal: boolean, readonly width = 80, readonly portion = Infinity) {}
  columns = (): number => this.width;
  readonly error = {
    isTerminal: (): boolean => this.terminal,
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

const CLEAR = "\r\x1b[2K";
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

Deno.test("on a terminal one line rewrites itself, ten times a second at the most", () => {
  const streams = new FakeStreams(true), reporter = new TextReporter(streams, { quiet: false, json: false });
  reporter.started("fig3a", tallyOf(4));
  reporter.progressed();
  assertEquals(streams.take(), `${CLEAR}fig3a  diagonalize 4/10  6.0 s left`);
  streams.time += 99;
  reporter.progressed();
  assertEquals(streams.take(), "");
  streams.time += 1;
  reporter.progressed();
  assertEquals(streams.take(), `${CLEAR}fig3a  diagonalize 4/10  6.0 s left`);
  reporter.say("Warning: x");
  assertEquals(streams.take(), `${CLEAR}Warning: x\n`);
  reporter.say("Warning: y");
  assertEquals(streams.take(), "Warning: y\n"); // there is nothing to clear any more
  reporter.finished(SUMMARY);
  assertEquals(streams.take(), "fig3a: done in 3.2 s, computed expand 1, chart 4; 2 files in outputs/fig3a/\n");
  assertEquals(streams.recorded, "");
});

Deno.test("the line never wraps, since only one row can be cleared", () => {
  for (const width of [1, 2, 5, 10, 20, 40, 80, 200]) {
    const streams = new FakeStreams(true, width), reporter = new TextReporter(streams, { quiet: false, json: false });
    reporter.started("a-study-with-quite-a-long-name", tallyOf(3));
    reporter.progressed();
    const line = streams.take().slice(CLEAR.length);
    assert(line.length >= 1 && line.length <= Math.max(1, width - 1), `${width}: ${line}`);
    assert("a-study-with-quite-a-long-name  diagonalize 3/10  7.0 s left".startsWith(line));
  }
});

Deno.test("a terminal that does not tell its width gets a line of a common width", () => {
  const streams = new FakeStreams(true, 0), reporter = new TextReporter(streams, { quiet: false, json: false });
  reporter.started("x".repeat(100), tallyOf(0));
  reporter.progressed();
  assertEquals(streams.take(), `${CLEAR}${"x".repeat(79)}`);
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
    reporter.record({ event: "output", file: "a\nb" });
    reporter.finished(SUMMARY);
    assertEquals(streams.records(), [
      { event: "started", study: "fig3a" },
      {
        event: "progress",
        study: "fig3a",
        stages: { expand: { computed: 0, cached: 0 }, diagonalize: { computed: 4, cached: 0 } },
        secondsLeft: 6,
      },
      { event: "output", file: "a\nb" },
      { event: "finished", ...SUMMARY },
    ]);
  }
});

Deno.test("nothing is lost where the system takes a few bytes at a time", () => {
  const streams = new FakeStreams(false, 80, 3), reporter = new TextReporter(streams, { quiet: false, json: true });
  reporter.say("Warning: something");
  reporter.record({ event: "x" });
  assertEquals([streams.take(), streams.recorded], ["Warning: something\n", '{"event":"x"}\n']);
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
