import { assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { Html, markup } from "./html.ts";

Deno.test("what is put into a template is text, unless it is markup already", () => {
  assertEquals(
    markup`<p title="${'"&'}">${"</p><script>"}</p>`.text,
    `<p title="&quot;&amp;">&lt;/p&gt;&lt;script&gt;</p>`,
  );
  assertEquals(
    markup`<p>${[1, "<", markup`<b>${"'"}</b>`, new Html("<i></i>")]}</p>`.text,
    "<p>1&lt;<b>&#39;</b><i></i></p>",
  );
  assertEquals(markup``.text, "");
});

Deno.test("characters that HTML has no place for are shown as such", () => {
  assertEquals(markup`${"a\0b\x1b[31m\x85\x7f"}`.text, "a\ufffdb\ufffd[31m\ufffd\ufffd");
  assertEquals(markup`${"a\tb\nc"}`.text, "a\tb\nc");
});

Deno.test("no text ends the element or the attribute that it is in", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."<>&\"'=/a \0`") }), (text) => {
      const { text: made } = markup`${text}`;
      assertEquals(/[<>"'\0]/.test(made), false);
      const back = made.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll(
        "&#39;",
        "'",
      );
      assertEquals(back.replaceAll("&amp;", "&"), text.replaceAll("\0", "\ufffd"));
    }),
    { seed: 20260211, numRuns: 500 },
  );
});
