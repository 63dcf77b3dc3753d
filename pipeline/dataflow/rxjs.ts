/**
 * What the dataflow uses of RxJS, file by file: the whole of it is two hundred CommonJS files, which take a tenth of a second to load, and every run that has
 * something to do waits for them. The paths are among those that the package exports; a test holds them against its front door.
 *
 * @module
 */
export type { Observable } from "rxjs/internal/Observable";
export type { MonoTypeOperatorFunction, OperatorFunction } from "rxjs/internal/types";
export { lastValueFrom } from "rxjs/internal/lastValueFrom";
export { defer } from "rxjs/internal/observable/defer";
export { EMPTY } from "rxjs/internal/observable/empty";
export { from } from "rxjs/internal/observable/from";
export { merge } from "rxjs/internal/observable/merge";
export { of } from "rxjs/internal/observable/of";
export { catchError } from "rxjs/internal/operators/catchError";
export { connect } from "rxjs/internal/operators/connect";
export { filter } from "rxjs/internal/operators/filter";
export { groupBy } from "rxjs/internal/operators/groupBy";
export { mergeAll } from "rxjs/internal/operators/mergeAll";
export { mergeMap } from "rxjs/internal/operators/mergeMap";
export { tap } from "rxjs/internal/operators/tap";
export { toArray } from "rxjs/internal/operators/toArray";
