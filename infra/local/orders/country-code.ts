const codes = new Map<string, string>([
  ['eire', 'IE'],
  ['usa', 'US'],
  ['uk', 'GB'],
  ['rsa', 'ZA'],
]);

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
for (const first of letters) {
  for (const second of letters) {
    const code = first + second;
    const current = new Intl.Locale(`und-${code}`).region === code; // not DD, SU and other former codes
    const name = current ? names.of(code) : undefined;
    if (name !== undefined && !codes.has(name.toLowerCase())) codes.set(name.toLowerCase(), code);
  }
}

/** ISO 3166-1 alpha-2 of a country given by its code or its English name; `undefined` for what is neither. */
export const countryCodeOf = (text: string): string | undefined => {
  const bare = text.trim();
  if (/^[A-Z]{2}$/.test(bare) && names.of(bare) !== undefined) return bare;
  return codes.get(bare.toLowerCase());
};
