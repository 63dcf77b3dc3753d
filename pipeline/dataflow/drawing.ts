/**
 * The stages that draw, by themselves: what they need takes longer to load than all the rest of the dataflow, and is loaded before that.
 *
 * @module
 */
import { pdfStage, pngStage, svgStage } from "../../stages/chart/stages.ts";

/** What is worth loading ahead, the longest first, so that two workers share it evenly. */
export const drawingStages = [svgStage, pdfStage, pngStage] as const;
