/** What `vega.bundle.js` holds, with the types that Vega and Vega-Lite give it. */
import type { TextItem } from "../chart/text_metrics.ts";

export { parse, resetSVGDefIds, View, Warn } from "vega";
export { compile, type TopLevelSpec } from "vega-lite";

/** How Vega measures text: a hook for programs that do it themselves, for which it ships no type. */
export declare const textMetrics: { width: (item: TextItem, text: unknown) => number };
