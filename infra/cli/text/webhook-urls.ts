/** Where a store's platforms send their webhooks, by source. */
export const webhookUrls = (
  api: string | undefined,
  store: string,
  sources: readonly string[],
): Readonly<Record<string, string>> =>
  Object.fromEntries(sources.map((source) => [source, `${api ?? '{api}'}/webhooks/${store}/${source}`]));
