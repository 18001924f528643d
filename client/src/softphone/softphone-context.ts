import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { PhoneState, Softphone } from './softphone';

export const SoftphoneContext = createContext<Softphone | null>(null);

/** The agent's phone; only for people who handle calls. */
export function useSoftphone(): Softphone {
  const phone = use(SoftphoneContext);
  if (!phone) throw new Error('no softphone for this role');
  return phone;
}

export function usePhone<T>(select: (state: PhoneState) => T): T {
  return useStore(useSoftphone().state, select);
}
