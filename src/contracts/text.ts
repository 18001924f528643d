import { z } from 'zod';

/** A text in both languages of the interface. */
export const bilingualSchema = z.strictObject({ zh: z.string(), en: z.string() });
export type Bilingual = z.infer<typeof bilingualSchema>;
