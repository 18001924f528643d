import { z } from 'zod';

/*
 * Every text that comes from outside is one of these kinds; `src/platform/http/inputs.spec.ts` finds a plain
 * `z.string()`. What neither PostgreSQL nor JSON can carry, NUL and half of a surrogate pair, is refused with the field's
 * name. Other control characters come with a paste from some office program and are of no meaning: they are taken out.
 */

/** Without NUL, and well-formed: with the flag `u` only a lone surrogate is of the category Cs. */
const storable = /^[^\0\p{Cs}]*$/u;
const controls = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
const controlsOfProse = /[^\P{Cc}\n\t]+/gu;
const lineEnds = /\r\n?|[\p{Zl}\p{Zp}]/gu;

/** One line, in one normal form: a line end becomes a space. */
export const line = (longest: number) =>
  z
    .string()
    .regex(storable)
    .overwrite((text) => text.replace(controls, ' ').normalize('NFC'))
    .max(longest);

/** As a text area has it: several lines, with tabs. */
export const prose = (longest: number) =>
  z
    .string()
    .regex(storable)
    .overwrite((text) => text.replace(lineEnds, '\n').replace(controlsOfProse, '').normalize('NFC'))
    .max(longest);

/** A password or another secret: taken as it is or not at all. */
export const secretText = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u);

/** Makes one storable line of what nobody typed into a field and nobody can mend: a header, the name of a file. */
export function tidyLine(text: string, longest: number): string {
  const tidy = text
    .slice(0, longest * 4)
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(controls, ' ')
    .normalize('NFC')
    .trim();
  // By letters: half of one would be as bad as what was taken out.
  return Array.from(tidy).slice(0, longest).join('');
}

/** A text in both languages of the interface. */
export const bilingualSchema = z.strictObject({ zh: prose(4_000), en: prose(4_000) });
export type Bilingual = z.infer<typeof bilingualSchema>;
