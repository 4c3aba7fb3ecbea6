import { z } from "zod";

/** A tool that makes a dump smaller on its host. */
export const Compressor = z.enum(["zstd", "gzip"]);
export type Compressor = z.infer<typeof Compressor>;

/** How a dump is stored. */
export const Compression = z.enum([...Compressor.options, "none"]);
export type Compression = z.infer<typeof Compression>;

/** What the deployment's settings ask for: `auto` takes the best that the host has. */
export const CompressionWish = z.enum(["auto", ...Compression.options]);
export type CompressionWish = z.infer<typeof CompressionWish>;

/** What is appended to the name of a dump. */
export const compressionSuffix: Readonly<Record<Compression, string>> = {
  zstd: ".zst",
  gzip: ".gz",
  none: "",
};

/**
 * How a host stores its dumps: zstd, else gzip, else as they are, unless the settings name one.
 *
 * @returns null when the host lacks the tool that the settings name
 */
export function compressionFor(
  wish: CompressionWish,
  compressors: readonly Compressor[],
): Compression | null {
  if (wish === "auto") return Compressor.options.find((one) => compressors.includes(one)) ?? "none";
  return hasCompression(wish, compressors) ? wish : null;
}

/** Whether a host can write and read what is stored so. */
export function hasCompression(
  compression: Compression,
  compressors: readonly Compressor[],
): boolean {
  return compression === "none" || compressors.includes(compression);
}
