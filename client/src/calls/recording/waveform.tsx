import type { Peaks } from '@contracts/recording';
import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { type Axis, placeAt } from './lanes';
import { peakColumns } from './peak-columns';
import styles from './stage.module.css';

interface WaveformProps {
  peaks: Peaks | undefined;
  axis: Axis;
  onSeek: (atMs: number) => void;
  label: string;
}

const channels = ['customer', 'agent'] as const;
const rowHeight = 52;

/** Both channels on one axis: the customer above, the agent below. A press puts the playhead there. */
export function Waveform({ peaks, axis, onSeek, label }: WaveformProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(canvas);
  useEffect(() => {
    if (canvas.current && size.width > 0) draw(canvas.current, size.width, peaks, axis);
  }, [peaks, axis, size]);

  const press = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    onSeek(placeAt(axis, (event.clientX - box.left) / box.width));
  };
  return (
    <canvas
      ref={canvas}
      className={styles.canvas}
      style={{ height: rowHeight * channels.length }}
      role="img"
      aria-label={label}
      data-testid="waveform"
      onPointerDown={press}
    />
  );
}

/** Width of the element, and a new object at a change of theme: the drawing takes its colours from the tokens. */
function useSize(element: React.RefObject<HTMLElement | null>): { width: number } {
  const [size, setSize] = useState({ width: 0 });
  useEffect(() => {
    if (!element.current) return undefined;
    const measured = element.current;
    const resized = new ResizeObserver(() => setSize({ width: measured.clientWidth }));
    resized.observe(measured);
    const themed = new MutationObserver(() => setSize({ width: measured.clientWidth }));
    themed.observe(document.documentElement, {
      attributes: true,
      attributeFilter: ['style', 'class', 'data-theme'],
    });
    return () => {
      resized.disconnect();
      themed.disconnect();
    };
  }, [element]);
  return size;
}

function draw(canvas: HTMLCanvasElement, width: number, peaks: Peaks | undefined, axis: Axis): void {
  const brush = canvas.getContext('2d');
  if (!brush) return;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(rowHeight * channels.length * ratio);
  brush.scale(ratio, ratio);
  const tokens = getComputedStyle(canvas);
  const colours = {
    customer: tokens.getPropertyValue('--state-ringing'),
    agent: tokens.getPropertyValue('--state-talking'),
  };
  channels.forEach((channel, row) => {
    const middle = row * rowHeight + rowHeight / 2;
    brush.fillStyle = tokens.getPropertyValue('--line');
    brush.fillRect(0, middle - 0.5, width, 1);
    if (!peaks) return;
    brush.fillStyle = colours[channel];
    const columns = peakColumns(peaks.channels[channel], peaks.peaksPerSecond, axis, Math.round(width));
    columns.forEach((peak, column) => {
      // Speech on the telephone is quiet: the root spreads it without touching full scale.
      const half = Math.sqrt(peak) * (rowHeight / 2 - 3);
      if (half > 0.5) brush.fillRect(column, middle - half, 1, half * 2);
    });
  });
}
