/**
 * The licences of packages that the project carries in its own files: they ask to be passed on with the code.
 *
 * @module
 */
import type { BundledPackage } from "./bundle.ts";

/** What is read of `package.json`. */
interface Manifest {
  readonly license?: string;
  readonly author?: string | { readonly name: string };
}

const LINE = "-".repeat(80);

/**
 * The licences of packages, each text once.
 *
 * @param packages The packages; those that come more than once count once.
 * @returns The text: names and versions, then the licence that they have.
 * @throws {Error} If a package says nothing of its licence.
 */
export function licenses(packages: readonly BundledPackage[]): string {
  const named = new Map(packages.map((one) => [`${one.name} ${one.version}`, one]));
  const ids = [...named.keys()].sort(), byText = new Map<string, string[]>();
  for (const id of ids) {
    const text = licenseOf(named.get(id)!);
    byText.set(text, [...byText.get(text) ?? [], id]);
  }
  const sections = [...byText].map(([text, holders]) => `${LINE}\n${holders.join("\n")}\n${LINE}\n\n${text}\n`);
  return `Licences of what the bundles in this folder hold, written by deno task build-packages.\n\n${
    sections.join("\n")
  }`;
}

function licenseOf({ name, version, folder }: BundledPackage): string {
  const files = [...Deno.readDirSync(folder)].map((entry) => entry.name);
  const file = files.sort().find((entry) => /^(licen[cs]e|copying)([.-](md|txt|mit|bsd))?$/i.test(entry));
  if (file !== undefined) {
    const lines = Deno.readTextFileSync(new URL(file, folder)).split(/\r?\n/).map((line) => line.trimEnd());
    return lines.join("\n").trim();
  }
  const { license, author } = JSON.parse(Deno.readTextFileSync(new URL("package.json", folder))) as Manifest;
  if (license === undefined) throw new Error(`Cannot carry ${name} ${version}: it does not say what its licence is`);
  const holder = typeof author === "string" ? author : author?.name;
  return `${license}${holder === undefined ? "" : `, by ${holder}`}, as its package.json says; it comes with no text.`;
}
