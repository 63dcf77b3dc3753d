import { assertEquals } from "@std/assert";
import { tidySvg } from "./tidy.ts";

Deno.test("tidySvg rounds coordinates and shortens colours", () => {
  assertEquals(
    tidySvg(`<path transform="translate(-0.00049999,1.23456)" d="M1e-7,2.00000001L30,40.5Z" fill="rgb(0, 114, 178)"/>`),
    `<path transform="translate(-0,1.235)" d="M0,2L30,40.5Z" fill="#0072b2"/>`,
  );
});

Deno.test("tidySvg drops only what says nothing", () => {
  assertEquals(
    tidySvg(`<path fill="#fff" stroke-width="2" opacity="1"/><path stroke="#000" stroke-width="2" opacity="0.5"/>`),
    `<path fill="#fff"/><path stroke="#000" stroke-width="2" opacity="0.5"/>`,
  );
});

Deno.test("tidySvg leaves what is written in texts alone", () => {
  const text = `<text>x="1.23456789" rgb(0, 0, 0)</text>`;
  assertEquals(tidySvg(text), text);
});
