/**
 * The stages that draw, by name: what they need takes longer to load than all the rest of the program, so workers are told to load it before the main thread has loaded anything.
 *
 * @module
 */
import type { StageReference } from "../workers/protocol.ts";

const MODULE = new URL("../../stages/chart/stages.ts", import.meta.url).href;

/** What is worth loading ahead, the longest first, so that two workers share it evenly. */
export const drawingStages: readonly StageReference[] = ["svgStage", "pdfStage", "pngStage"].map((name) => ({
  module: MODULE,
  export: name,
}));
