/**
 * The program's name with its version, as results have it.
 *
 * @module
 */
import project from "../../deno.json" with { type: "json" };

/** For example `diracflow 0.1.0`. */
export const PROGRAM: string = `diracflow ${project.version}`;
