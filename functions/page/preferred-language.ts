type Range = Readonly<{ language: string; weight: number }>;

const rangeOf = (part: string): Range => {
  const [tag = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  const weight = quality === undefined ? 1 : Number(quality.slice(2));
  return { language: tag.split('-')[0] ?? '', weight: weight >= 0 && weight <= 1 ? weight : 0 };
};

/** The language the browser asks for first among those we have (RFC 9110, Accept-Language), else English. */
export const preferredLanguage = (header: string | undefined, known: readonly string[]): string => {
  const ranges = (header ?? '').slice(0, 500).split(',').map(rangeOf);
  const wanted = ranges.filter(({ language, weight }) => weight > 0 && known.includes(language));
  return wanted.sort((a, b) => b.weight - a.weight)[0]?.language ?? 'en';
};
