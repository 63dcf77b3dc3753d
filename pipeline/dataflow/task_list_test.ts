import { assertEquals } from "@std/assert";
import { sha256 } from "../store/hash.ts";
import { decodeTasks, encodeTasks, joinedTasks, taskList, withAsked } from "./task_list.ts";

const [K1, K2, K3, H1, H2, H3] = ["k1", "k2", "k3", "h1", "h2", "h3"].map((text) => sha256(text));

Deno.test("a list is the same for the same tasks, in any order, and comes back from its bytes", () => {
  const tasks = [
    { name: "current/current", key: K1, hash: H1 },
    { name: "current/current", key: K2, hash: H1 },
    { name: "chart/svg", key: K3, hash: H3 },
  ];
  const list = taskList(tasks);
  assertEquals(encodeTasks(list), encodeTasks(taskList([...tasks.toReversed(), tasks[1]])));
  assertEquals(list, { "chart/svg": { [K3]: H3 }, "current/current": { [K1]: H1, [K2]: H1 } });
  assertEquals(decodeTasks(encodeTasks(list)), list);
});

Deno.test("what is no list is none", () => {
  for (const text of ["", "[]", "1", "null", '{"a": []}', '{"a": {"b": 1}}', `{"a": {"${K1}": "planned:${H1}"}}`]) {
    assertEquals(decodeTasks(new TextEncoder().encode(text)), undefined, text);
  }
});

Deno.test("what refinements asked about joins the list, each task once, as far as that is known", () => {
  const asked = { "diagonalize/block": { [K1]: H1, [K2]: H2 } };
  const list = {
    "current/adaptive": { [K3]: H3 },
    "current/adaptive asked": { [K1]: H1, [K2]: H2 },
    "diagonalize/block": { [K1]: H1 },
  };
  const read = (hash: string) => hash === H1 ? encodeTasks(asked) : undefined;
  assertEquals(withAsked(list, read), { "current/adaptive": { [K3]: H3 }, ...asked });
  assertEquals(joinedTasks(asked, {}), asked);
});
