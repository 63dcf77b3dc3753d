/**
 * Documentation lint: every exported name and every public member has a doc comment.
 *
 * Deno's own lint also objects to public types that refer to types of other modules or packages, and to types inferred from a schema; both are how this project
 * is built (one noun a file, one schema as the source of types), so these two rules are left out here and all others count.
 */
const LEFT_OUT = new Set(["private-type-ref", "missing-explicit-type"]);

/** What is exported again from a package is documented there, or not: that is for others to mend. */
function isOurs(finding: string): boolean {
  const file = /--> (.+):\d+:\d+$/m.exec(finding)?.[1];
  return file === undefined || file.startsWith(`${Deno.cwd()}/`);
}

function* modules(folder: string): Generator<string> {
  for (const { name, isDirectory } of [...Deno.readDirSync(folder)].sort((a, b) => a.name < b.name ? -1 : 1)) {
    const path = `${folder}/${name}`;
    if (path === "stages/kernel/assembly") continue; // AssemblyScript, which Deno cannot read
    if (isDirectory) yield* modules(path);
    else if (name.endsWith(".ts") && !name.endsWith("_test.ts") && !name.endsWith(".d.ts")) yield path;
  }
}

const files = [...modules("pipeline"), ...modules("stages")];
const { stderr } = await new Deno.Command(Deno.execPath(), { args: ["doc", "--lint", ...files], stdout: "null" })
  .output();
// deno-lint-ignore no-control-regex
const text = new TextDecoder().decode(stderr).replace(/\x1b\[[0-9;]*m/g, "");
if (!/documentation lint error|Checked \d+ file/.test(text)) {
  console.error(`Cannot lint the documentation: deno doc said\n${text}`);
  Deno.exit(1);
}
const findings = text.split(/\n(?=error\[)/).filter((finding) => {
  const rule = /^error\[([a-z-]+)\]/.exec(finding)?.[1];
  return rule !== undefined && !LEFT_OUT.has(rule) && isOurs(finding);
});
for (const finding of findings) console.error(finding.split("\n\n")[0]);
console.error(
  findings.length === 0
    ? `Documentation of ${files.length} modules is complete`
    : `${findings.length} documentation errors`,
);
Deno.exit(findings.length === 0 ? 0 : 1);
