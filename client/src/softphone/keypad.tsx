import { Button } from 'antd';
import styles from './keypad.module.css';

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

interface KeypadProps {
  label: string;
  disabled: boolean;
  onDigit: (digit: string) => void;
}

/** Twelve keys; typing the digits works as well while it has the focus. */
export function Keypad({ label, disabled, onDigit }: KeypadProps) {
  return (
    <fieldset
      className={styles.pad}
      aria-label={label}
      data-testid="keypad-keys"
      onKeyDown={(event) => {
        if (!disabled && digits.includes(event.key)) onDigit(event.key);
      }}
    >
      {digits.map((digit) => (
        <Button
          key={digit}
          autoFocus={digit === '1'}
          disabled={disabled}
          data-testid={`key-${digit}`}
          onClick={() => onDigit(digit)}
        >
          {digit}
        </Button>
      ))}
    </fieldset>
  );
}
