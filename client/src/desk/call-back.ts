import { useLocation, useNavigate } from 'react-router';
import { z } from 'zod';

const stateSchema = z.object({ callBack: z.object({ callId: z.string(), number: z.string() }) });

/** How a page asks the desk to call a customer back; `number` as it is shown, masked. */
export type CallBackState = z.infer<typeof stateSchema>;

/** The customer who is to be called back, by their call, and a way to call somebody else instead. */
export function useCallBack(): { customer: CallBackState['callBack'] | null; forget: () => void } {
  const { pathname, state } = useLocation();
  const navigate = useNavigate();
  const asked = stateSchema.safeParse(state);
  return {
    customer: asked.success ? asked.data.callBack : null,
    forget: () => void navigate(pathname, { replace: true }),
  };
}
