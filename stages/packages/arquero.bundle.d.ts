/** What `arquero.bundle.js` holds, with the types that arquero gives it. */
export { table } from "arquero";
