import { styleText } from 'node:util';

type Style = 'bold' | 'dim' | 'green' | 'yellow' | 'red';
export type Paint = Readonly<Record<Style, (text: string) => string>>;

const styled = (style: Style) => (text: string) => styleText(style, text, { validateStream: false });
const plain = (text: string) => text;

/** Colour on a terminal only, and never when NO_COLOR is set (no-color.org). */
export const paintFor = (isTty: boolean, env: Readonly<Record<string, string | undefined>>): Paint => {
  const coloured = isTty && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
  const as = coloured ? styled : () => plain;
  return { bold: as('bold'), dim: as('dim'), green: as('green'), yellow: as('yellow'), red: as('red') };
};
