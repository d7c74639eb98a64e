const special = /[()<>[\]:;@\\,."]/;
/** An encoded word holds 75 characters: 45 bytes in base64 and its frame of 12 (RFC 2047). */
const wordBytes = 45;

/** Cuts between characters, so that every word decodes on its own. */
const encodedWords = (text: string): string => {
  const words: string[] = [''];
  for (const character of text) {
    const last = words.at(-1) ?? '';
    if (Buffer.byteLength(last + character) > wordBytes) words.push(character);
    else words[words.length - 1] = last + character;
  }
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join(' ');
};

/** A header line ends at 998 characters and can only be folded at spaces; encoded words can be folded anywhere. */
const longestPlain = 200;

const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);
const isQuoted = (name: string): boolean => /^"(?:[^"\\]|\\.)*"$/.test(name);

/** `Name <address>` as a header may carry it: quoted where the name has special characters, encoded beyond ASCII and where it is very long. */
export const senderAddress = (from: string): string => {
  const [, name = '', address] = /^\s*(.*?)\s*<([^<>]+)>\s*$/s.exec(from) ?? [];
  if (address === undefined || name === '') return address ?? from.trim();
  const bare = isQuoted(name) ? name.slice(1, -1).replace(/\\(.)/g, '$1') : name;
  if (!isAscii(bare) || bare.length > longestPlain) return `${encodedWords(bare)} <${address}>`;
  return special.test(bare) ? `"${bare.replace(/["\\]/g, '\\$&')}" <${address}>` : `${bare} <${address}>`;
};
