import { assertEquals, assertThrows } from "@std/assert";
import type { ClaimRecord } from "../stages/claims/claim.ts";
import { claims } from "../stages/claims/ledger.ts";
import { ledgerTable, splitAtTable } from "./ledger_table.ts";

const [first, second] = claims;

function record(id: string, other: Partial<ClaimRecord> = {}): ClaimRecord {
  return {
    id,
    claim: `Claim ${id}.`,
    source: "Fig. 1: “a: b”; App. A: “c”",
    verdict: "holds",
    quantity: "|J|",
    value: 0.123456,
    bound: { most: 1 },
    limits: "",
    ...other,
  };
}

/** The cells of the rows below the head. */
function cells(...ledgers: Parameters<typeof ledgerTable>[0]): string[][] {
  return ledgerTable(ledgers).trimEnd().split("\n").slice(2).map((line) => line.slice(2, -2).split(" | "));
}

Deno.test("a row a claim in the order of the ledger, bars escaped, sources without their quotations", () => {
  const rows = cells({
    study: "a",
    records: [record(second.id), record(first.id, { limits: "but |x|", verdict: "holds with limits" })],
  });
  assertEquals(rows, [
    [`Claim ${first.id}.`, "Fig. 1; App. A", "\\|J\\|: **0.12**", "≤ 1", "holds with limits: but \\|x\\|", "a"],
    [`Claim ${second.id}.`, "Fig. 1; App. A", "\\|J\\|: **0.12**", "≤ 1", "holds", "a"],
  ]);
});

Deno.test("of several studies the one that shows a claim worst, else the first", () => {
  const verdicts = ["holds", "holds with limits", "fails"] as const;
  const ledgers = verdicts.map((verdict) => ({ study: verdict, records: [record(first.id, { verdict })] }));
  assertEquals(cells(...ledgers).map((row) => row.at(-1)), ["fails"]);
  assertEquals(cells(...ledgers.toReversed().slice(1)).map((row) => row.at(-1)), ["holds with limits"]);
  assertEquals(cells({ ...ledgers[0], study: "x" }, { ...ledgers[0], study: "y" }).map((row) => row.at(-1)), ["x"]);
  assertEquals(cells(), []);
});

Deno.test("numbers have two digits, in an interval three, and rounding is not shown", () => {
  const shown = (value: number, bound: ClaimRecord["bound"]): string[] =>
    cells({ study: "a", records: [record(first.id, { value, bound })] })[0].slice(2, 4);
  assertEquals(shown(3e-17, { most: 1e-12 }), ["\\|J\\|: **< 1e−12**", "≤ 1e−12"]);
  assertEquals(shown(3e-11, { most: 1e-12 }), ["\\|J\\|: **< 1e−9**", "≤ 1e−12"]);
  assertEquals(shown(0, { most: 1 }), ["\\|J\\|: **< 1e−9**", "≤ 1"]);
  assertEquals(shown(645.859, { least: 10 }), ["\\|J\\|: **650**", "≥ 10"]);
  assertEquals(shown(-1.2345, { least: -1.3, most: -1.1 }), ["\\|J\\|: **−1.23**", "−1.3 … −1.1"]);
});

Deno.test("a ledger of another version, and a README without the comments", () => {
  assertThrows(
    () => ledgerTable([{ study: "a", records: [record("no-such-claim")] }]),
    Error,
    "unknown claim no-such-claim",
  );
  assertThrows(() => splitAtTable("# diracflow"), Error, "its comments are missing");
});
