/**
 * The libraries behind `renderPdf`, kept apart so that they are loaded when a PDF is made and not before.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import obliqueFont from "dejavu-fonts-ttf/ttf/DejaVuSans-Oblique.ttf" with { type: "bytes" };
import uprightFont from "dejavu-fonts-ttf/ttf/DejaVuSans.ttf" with { type: "bytes" };
import PDFDocument from "pdfkit";
import { isPlainText, plainFont } from "./plain_font.ts";
import SVGtoPDF from "svg-to-pdfkit";

/** Points of a PDF to px of an SVG: both are 1/72 inch here. */
const SIZE = /<svg[^>]* width="([\d.]+)" height="([\d.]+)"/;

/** The fonts, whole and without what shapes text. */
export const WHOLE = { upright: Buffer.from(uprightFont), oblique: Buffer.from(obliqueFont) };
const PLAIN = { upright: Buffer.from(plainFont(uprightFont)), oblique: Buffer.from(plainFont(obliqueFont)) };

/**
 * Returns the bytes of a PDF page of exactly an SVG's size, with its lines as vectors and its fonts embedded.
 *
 * Throws an Error if the SVG does not say how large it is, or holds what a PDF cannot.
 *
 * @param svg An SVG of `renderSvg`.
 * @param fonts Which fonts to read: the bytes of the PDF are the same, but for texts that need shaping.
 */
export async function print(svg: string, fonts: typeof WHOLE = isPlainText(svg) ? PLAIN : WHOLE): Promise<Uint8Array> {
  const size = SIZE.exec(svg);
  if (size === null) throw new Error("Cannot make a PDF: the SVG has no width and height");
  const [width, height] = [Number(size[1]), Number(size[2])];
  // The same bytes for the same chart: no time of creation.
  const document = new PDFDocument({
    size: [width, height],
    margin: 0,
    font: null,
    info: { CreationDate: new Date(0) },
  });
  document.registerFont("upright", fonts.upright);
  document.registerFont("oblique", fonts.oblique);
  const chunks: Uint8Array[] = [];
  const written = new Promise<void>((resolve, reject) => {
    document.on("data", (chunk) => chunks.push(chunk));
    document.on("end", resolve);
    document.on("error", reject);
  });
  const warnings: string[] = [];
  SVGtoPDF(document, svg, 0, 0, {
    assumePt: true,
    fontCallback: (_family, _bold, italic) => italic ? "oblique" : "upright",
    warningCallback: (warning) => warnings.push(warning),
  });
  document.end();
  await written;
  if (warnings.length > 0) throw new Error(`Cannot make a PDF: ${warnings.join("; ")}`);
  return Buffer.concat(chunks).subarray();
}
