/**
 * The libraries of all three kinds of drawing, behind one dynamic import: a run that draws nothing loads none of them, and Deno never loads two of them at a time, at
 * which it aborts (2.9.6, when both import the bytes of one font).
 *
 * @module
 */
export { print } from "./printer.ts";
export { rasterize } from "./rasterizer.ts";
export { render } from "./renderer.ts";
