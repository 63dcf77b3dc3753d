import { assertEquals } from "@std/assert";
import { bytesText, counted, readBytes, readTime } from "./quantities.ts";

Deno.test("bytes are written with two digits or three", () => {
  const cases: [number, string][] = [
    [0, "0 B"],
    [999, "999 B"],
    [1000, "1.0 kB"],
    [9940, "9.9 kB"],
    [9960, "10 kB"],
    [999_499, "999 kB"],
    [999_500, "1.0 MB"],
    [1.25e9, "1.3 GB"],
    [4.2e16, "42000 TB"],
  ];
  for (const [bytes, text] of cases) assertEquals(bytesText(bytes), text);
});

Deno.test("bytes are read with and without units, of 1000 and of 1024", () => {
  const cases: [string, number | undefined][] = [
    ["0", 0],
    ["2GB", 2e9],
    ["2 gb", 2e9],
    ["1.5T", 1.5e12],
    ["300MiB", 300 * 2 ** 20],
    ["12 B", 12],
    ["7k", 7000],
    ["-1", undefined],
    ["many", undefined],
    ["1e9", undefined],
    ["", undefined],
  ];
  for (const [text, bytes] of cases) assertEquals(readBytes(text), bytes, text);
});

Deno.test("times are read with their unit", () => {
  const cases: [string, number | undefined][] = [
    ["90m", 5.4e6],
    ["12h", 4.32e7],
    ["30d", 2.592e9],
    ["2w", 1.2096e9],
    ["0d", 0],
    ["30", undefined],
    ["30 days", undefined],
    ["d", undefined],
  ];
  for (const [text, time] of cases) assertEquals(readTime(text), time, text);
});

Deno.test("one is one", () => assertEquals([0, 1, 2].map((n) => counted(n, "file")), ["0 files", "1 file", "2 files"]));
