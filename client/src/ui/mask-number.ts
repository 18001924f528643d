/**
 * A number as screens show it: `13800006021` → `138••••6021`. Short internal numbers
 * stay readable; a name that is no number (a web phone's) keeps its end, enough to tell two apart.
 */
export function maskNumber(number: string): string {
  if (number.length < 7) return number;
  if (!/^\+?\d+$/.test(number)) return `••••${number.slice(-4)}`;
  const tail = number.slice(-4);
  const head = number.slice(0, number.startsWith('+') ? number.length - 8 : 3);
  return `${head}${'•'.repeat(Math.max(3, number.length - head.length - 4))}${tail}`;
}
