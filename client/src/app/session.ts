import { type Login, type Permission, type Session, sessionSchema } from '@contracts/identity';
import { useQuery } from '@tanstack/react-query';
import { createContext, use } from 'react';
import { queryClient, request } from './api';
import { RefusedError } from './refused-error';

const key = ['session'];

async function currentSession(): Promise<Session | null> {
  try {
    return await request('GET', '/api/session', { answer: sessionSchema });
  } catch (error) {
    if (error instanceof RefusedError && error.status === 401) return null;
    throw error;
  }
}

/** Who is signed in here; `data` is null when nobody is. */
export function useSessionQuery() {
  return useQuery({ queryKey: key, queryFn: currentSession, staleTime: Number.POSITIVE_INFINITY });
}

/** Signs in; the cookie is the server's business. */
export async function signIn(login: Login): Promise<Session> {
  const session = await request('POST', '/api/session', { body: login, answer: sessionSchema });
  replaceSession(session);
  return session;
}

/** Signs out here. Nothing of the person stays in memory. */
export async function signOut(): Promise<void> {
  await request('DELETE', '/api/session');
  forgetSession();
}

/** The server ended the session: back to the sign-in page. */
export function forgetSession(): void {
  replaceSession(null);
}

// Not `clear()`: the shell watches this very entry, and would go on watching a removed one.
function replaceSession(session: Session | null): void {
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== key[0] });
  queryClient.setQueryData(key, session);
}

/** Asks the server again whether the session still stands. */
export function recheckSession(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: key });
}

export const SessionContext = createContext<Session | null>(null);

/** The signed-in person; only inside the shell. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('useSession outside of the shell');
  return session;
}

/** True when the signed-in person may do it: for what is shown; the server decides again. */
export function useMay(): (permission: Permission) => boolean {
  const { permissions } = useSession();
  return (permission) => permissions.includes(permission);
}
