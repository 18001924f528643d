import { App } from 'antd';
import { useCallback } from 'react';
import { useRefusalLine } from './use-refusal-text';

/** Shows a refusal as a passing line at the top of the page. */
export function useRefusalNotice(): (error: unknown) => void {
  const { message } = App.useApp();
  const line = useRefusalLine();
  return useCallback(
    (error) => {
      message.error({ content: line(error), duration: 6 });
    },
    [message, line],
  );
}
