/**
 * Types of the parts of pdfkit and svg-to-pdfkit that this project uses; neither package ships its own.
 */

declare module "pdfkit" {
  export default class PDFDocument {
    constructor(options: { size: [number, number]; margin: number; font: null; info: { CreationDate: Date } });
    registerFont(name: string, source: Uint8Array): this;
    on(event: "data", listener: (chunk: Uint8Array) => void): this;
    on(event: "end", listener: () => void): this;
    on(event: "error", listener: (error: Error) => void): this;
    end(): void;
  }
}

declare module "svg-to-pdfkit" {
  import type PDFDocument from "pdfkit";

  export default function SVGtoPDF(document: PDFDocument, svg: string, x: number, y: number, options: {
    assumePt: boolean;
    fontCallback(family: string, bold: boolean, italic: boolean): string;
    warningCallback(warning: string): void;
  }): void;
}
