/**
 * Turns a spec into an SVG, with Vega behind a dynamic import so that a run that draws nothing never loads it.
 *
 * @module
 */
import type { VegaLiteSpec } from "./spec.ts";

/**
 * Returns the SVG of a spec: the same spec gives the same string. Its size in px is the spec's width and height with
 * everything inside, 72 px to the inch.
 *
 * Throws an Error if Vega-Lite or Vega warns of anything.
 *
 * @param spec A Vega-Lite spec with its data inside.
 */
export async function renderSvg(spec: VegaLiteSpec): Promise<string> {
  const { render } = await loadRenderer();
  return await render(spec);
}

/** Loads Vega. The path is hidden from Deno (`as string`), which would look up a megabyte of code wherever this module is named. */
function loadRenderer(): Promise<typeof import("./renderer.ts")> {
  return import("./renderer.ts" as string);
}
