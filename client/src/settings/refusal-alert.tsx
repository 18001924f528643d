import { Alert } from 'antd';
import { useRefusalText } from '../ui/use-refusal-text';

interface RefusalAlertProps {
  error: unknown;
  /** What the refusal is about, when its code alone does not tell. */
  about?: string | undefined;
}

/** Why the server did not take what was asked, beside what was typed; nothing while there is no refusal. */
export function RefusalAlert({ error, about }: RefusalAlertProps) {
  const textOf = useRefusalText();
  if (!error) return null;
  const { what, todo, code } = textOf(error);
  return (
    <Alert
      type="error"
      showIcon
      title={about ? `${what} ${about}` : what}
      description={todo}
      data-testid="refusal"
      data-code={code}
    />
  );
}
