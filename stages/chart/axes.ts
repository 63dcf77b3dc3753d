/**
 * The x and y that the drawings of one frame share, wide enough for all that is drawn and written in it.
 *
 * @module
 */
import { fits, type Room } from "./axis_range.ts";
import { capRooms, reachOf } from "./error_bars.ts";
import type { Scales } from "./definition.ts";
import { type Layer, usesOf } from "./layer.ts";
import type { AskedDomains } from "./layer_rows.ts";
import { logAxisOf } from "./log_axis.ts";
import { collisions, labelsOf, type PointLabel, roomsOf } from "./point_labels.ts";
import { type Axis, axisOf, type AxisPart } from "./position.ts";
import type { Rule } from "./rule.ts";
import { plotSize, type Theme } from "./theme.ts";

/** What is drawn of one table: its rows, or lines across the plot. */
export type Drawing = Layer | Rule;

/** Two axes with what stands in their frame. */
export interface Axes {
  /** The horizontal axis. */
  readonly x: Axis;
  /** The vertical axis. */
  readonly y: Axis;
  /** What each drawing adds to the axes on which it has values. */
  readonly parts: ReadonlyMap<Drawing, Partial<Readonly<Record<"x" | "y", AxisPart>>>>;
  /** What is written at points. */
  readonly labels: readonly PointLabel[];
  /** Whether it stands upright, as it would be too wide. */
  readonly isUpright: boolean;
}

/** What a study asks of two axes. */
export interface AxesAsked {
  /** The domains that the user's fragment asks for. */
  readonly asked: AskedDomains;
  /** How values are laid along them. */
  readonly scales?: Scales | undefined;
}

/** Room for labels can make an axis's values large enough for another power of ten, and that the labels shorter, but once. */
const ROUNDS = 3;

/** The axes without their parts. */
type Pair = Readonly<Record<"x" | "y", Axis>>;

/**
 * Returns whether a drawing is lines across the plot.
 *
 * @param drawing The drawing.
 */
export function isRule(drawing: Drawing): drawing is Rule {
  return "axis" in drawing;
}

/**
 * Returns the axes of drawings. Throws an Error if there are only lines across the plot, if columns have no common scale or no
 * finite number, or if labels do not fit into the plot.
 *
 * @param drawings The drawings, the lowest first.
 * @param asked What is asked of the axes.
 * @param theme The page.
 */
export function axesOf(drawings: readonly Drawing[], { asked, scales = {} }: AxesAsked, theme: Theme): Axes {
  const plots = drawings.filter((drawing): drawing is Layer => !isRule(drawing));
  if (plots.length === 0) {
    throw new Error("Cannot draw rules alone, which give only one axis. Lay them over or under a table with x and y.");
  }
  // Lines across the plot come last: an axis has the title of what is drawn along it.
  const along = (axis: "x" | "y"): Drawing[] => [
    ...plots,
    ...drawings.filter((drawing) => isRule(drawing) && drawing.axis === axis),
  ];
  const axis = (name: "x" | "y", rooms: readonly Room[]): Axis =>
    (scales[name] === "log" ? logAxisOf : axisOf)(
      along(name).map((drawing) => {
        if (isRule(drawing)) {
          const use = { axis: name, kind: "reference", margin: 0, showsPoints: false, fromZero: false } as const;
          return { column: drawing.column, use };
        }
        return {
          column: drawing[name],
          use: usesOf(drawing)[name],
          reach: name === "y" ? reachOf(drawing) : undefined,
        };
      }),
      theme,
      { asked: asked[name], rooms },
    );
  const caps = plots.flatMap((plot) => capRooms(plot, theme));
  const pairWith = ({ x, y }: Record<"x" | "y", readonly Room[]>): Pair => ({
    x: axis("x", [...caps, ...x]),
    y: axis("y", y),
  });
  const labelled = labelledAxes(pairWith, plots, asked, theme);
  const parts = new Map<Drawing, Partial<Record<"x" | "y", AxisPart>>>(drawings.map((drawing) => [drawing, {}]));
  for (const name of ["x", "y"] as const) {
    along(name).forEach((drawing, i) => parts.get(drawing)![name] = labelled[name].layers[i]);
  }
  return { ...labelled, parts };
}

/** Returns axes with the labels of points, level unless that makes more of them collide than standing upright does. */
function labelledAxes(
  pairWith: (rooms: Record<"x" | "y", readonly Room[]>) => Pair,
  plots: readonly Layer[],
  asked: AskedDomains,
  theme: Theme,
): Omit<Axes, "parts"> {
  const labelsOver = ({ x, y }: Pair): PointLabel[] =>
    plots.flatMap((plot) => labelsOf(plot, { x: x.exponent, y: y.exponent }, asked, theme));
  const bare = pairWith({ x: [], y: [] });
  if (labelsOver(bare).length === 0) return { ...bare, labels: [], isUpright: false };
  const size = plotSize(theme);
  const candidates = [false, true].flatMap((isUpright) => {
    let pair = bare;
    for (let round = 0; round < ROUNDS; round++) {
      const rooms = roomsOf(labelsOver(pair), isUpright, theme);
      if (!fits(rooms.x, size.x) || !fits(rooms.y, size.y)) return [];
      const before = pair;
      pair = pairWith(rooms);
      if (pair.x.exponent === before.x.exponent && pair.y.exponent === before.y.exponent) break;
    }
    const labels = labelsOver(pair), places = { x: pair.x.place, y: pair.y.place };
    return [{ ...pair, labels, isUpright, collisions: collisions(labels, isUpright, places, theme) }];
  });
  if (candidates.length === 0) {
    throw new Error("Cannot draw the labels of points: they are too long for the plot. Label by another column.");
  }
  const { collisions: _, ...best } = candidates.reduce((best, other) =>
    other.collisions < best.collisions ? other : best
  );
  return best;
}
