import { Button, type ButtonProps } from 'antd';
import { type DeskAction, keyOfAction } from './key-bindings';
import styles from './key-button.module.css';

interface KeyButtonProps extends Omit<ButtonProps, 'title'> {
  action: DeskAction;
  label: string;
  testId: string;
}

/** A button with its key shown on it. */
export function KeyButton({ action, label, testId, className, ...button }: KeyButtonProps) {
  const key = keyOfAction[action];
  return (
    <Button
      {...button}
      className={`${styles.button} ${className ?? ''}`}
      aria-keyshortcuts={`${key} Alt+${key}`}
      data-testid={testId}
    >
      <span>{label}</span>
      <kbd className={styles.key}>{key}</kbd>
    </Button>
  );
}
