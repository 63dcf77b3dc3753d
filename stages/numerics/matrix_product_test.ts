import { assertAlmostEquals, assertEquals } from "@std/assert";
import { matrixProduct, transpose } from "./matrix_product.ts";

/** Numbers without a pattern that a transposed or shifted index would keep. */
function rough(size: number, seed: number): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => Math.sin(seed + 1.7 * i * i));
}

Deno.test("a product is the schoolbook sum, in all sizes modulo four", () => {
  for (const [rows, inner, columns] of [[4, 4, 4], [1, 3, 2], [5, 6, 7], [8, 1, 9], [6, 10, 4], [3, 2, 8]]) {
    const a = rough(rows * inner, 1), b = rough(inner * columns, 2), c = new Float64Array(rows * columns).fill(NaN);
    matrixProduct(a, b, c, { rows, inner, columns });
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        let sum = 0;
        for (let k = 0; k < inner; k++) sum += a[i * inner + k] * b[k * columns + j];
        assertAlmostEquals(c[i * columns + j], sum, 1e-14); // ten terms of at most 1
      }
    }
  }
});

Deno.test("a transpose exchanges rows and columns", () => {
  const to = new Float64Array(9);
  transpose(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), 3, to);
  assertEquals([...to], [1, 4, 7, 2, 5, 8, 3, 6, 9]);
});
