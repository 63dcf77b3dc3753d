/** What `hyparquet_writer.bundle.js` holds, with the types that hyparquet-writer gives it. */
export { parquetWriteBuffer } from "hyparquet-writer";
