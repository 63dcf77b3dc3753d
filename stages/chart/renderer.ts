/**
 * The one module that loads Vega, Vega-Lite and the fonts: `svg.ts` imports it when there is a chart to draw and not before.
 *
 * @module
 */
import { compile, parse, resetSVGDefIds, textMetrics, type TopLevelSpec, View, Warn } from "bundled/vega";
import { tidySvg } from "./tidy.ts";
import { textWidth } from "./text_metrics.ts";
import type { VegaLiteSpec } from "./spec.ts";
import { typeset } from "./typeset.ts";

textMetrics.width = textWidth;

/** A logger of Vega and Vega-Lite. */
interface Logger {
  level(): number;
  level(level: number): Logger;
  error(...parts: readonly unknown[]): Logger;
  warn(...parts: readonly unknown[]): Logger;
  info(...parts: readonly unknown[]): Logger;
  debug(...parts: readonly unknown[]): Logger;
}

/** Returns a logger that collects warnings and errors. Vega calls its methods on other objects: they may not use `this`. */
function collector(messages: string[]): Logger {
  const collect = (...parts: readonly unknown[]): Logger => {
    messages.push(parts.map(String).join(" "));
    return logger;
  };
  function level(): number;
  function level(level: number): Logger;
  function level(level?: number): number | Logger {
    return level === undefined ? Warn : logger;
  }
  const logger: Logger = { level, error: collect, warn: collect, info: () => logger, debug: () => logger };
  return logger;
}

/**
 * Returns the SVG of a spec, typeset. Throws an Error that lists every warning of Vega-Lite and Vega, if there is one.
 *
 * @param spec A Vega-Lite spec with its data inside.
 */
export async function render(spec: VegaLiteSpec): Promise<string> {
  const complaints: string[] = [];
  const logger = collector(complaints);
  const compiled = compile(spec as unknown as TopLevelSpec, { logger }).spec;
  const view = new View(parse(compiled), { renderer: "none", logger });
  try {
    // The ids of clip paths and gradients count up through the life of the process otherwise.
    resetSVGDefIds();
    const svg = await view.toSVG();
    if (complaints.length > 0) {
      throw new Error(
        `Cannot draw the chart: Vega warns: ${complaints.join("; ")}. Mend the chart's definition.`,
      );
    }
    return typeset(tidySvg(svg));
  } finally {
    view.finalize();
  }
}
