import { assert, assertStrictEquals } from "@std/assert";
import * as whole from "rxjs";
import * as parts from "./rxjs.ts";

Deno.test("the parts of RxJS are those of the whole, of which there is one copy", () => {
  const names = Object.keys(parts) as (keyof typeof parts)[];
  assert(names.length > 10);
  for (const name of names) assertStrictEquals<unknown>(parts[name], whole[name], name);
});
