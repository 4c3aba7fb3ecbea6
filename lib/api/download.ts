type Content = string | AsyncIterable<string | Uint8Array>;

/** Content that a browser saves as a file; what is made piece by piece is sent as it is read. */
export function download(
  content: Content,
  type: string,
  name: string,
  more: Record<string, string> = {},
): Response {
  return new Response(typeof content === "string" ? content : streamOf(content), {
    headers: {
      "content-type": /^text\//.test(type) ? `${type}; charset=utf-8` : type,
      // Names may come from names of databases: all but the plainest characters are encoded.
      "content-disposition": /^[\w.-]+$/.test(name)
        ? `attachment; filename="${name}"`
        : `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      "cache-control": "no-store",
      ...more,
    },
  });
}

/** The next piece when it is asked for. */
function streamOf(content: AsyncIterable<string | Uint8Array>): ReadableStream<Uint8Array> {
  const pieces = content[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(typeof value === "string" ? encoder.encode(value) : value);
    },
    async cancel() {
      await pieces.return?.();
    },
  });
}
