/** Tells a ringing call by what is seen of a tab that is not in front. */
export interface Attention {
  title: string;
  ringing: boolean;
}

/** Sets the page's title and icon. */
export function showAttention({ title, ringing }: Attention): void {
  if (document.title !== title) document.title = title;
  const icon = document.getElementById('favicon');
  const wanted = ringing ? '/favicon-ringing.svg' : '/favicon.svg';
  if (icon && icon.getAttribute('href') !== wanted) icon.setAttribute('href', wanted);
}

/** True when the browser has notifications and was not asked yet. */
export function mayAskForNotifications(): boolean {
  return 'Notification' in window && Notification.permission === 'default';
}

/** A desktop notification for a ringing call, when allowed and the page is not in view; returns its removal. */
export function notifyRinging(title: string, body: string): () => void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return () => undefined;
  if (document.visibilityState === 'visible' && document.hasFocus()) return () => undefined;
  const notification = new Notification(title, { body, tag: 'sanling-ring', requireInteraction: true });
  notification.onclick = () => {
    window.focus();
    notification.close();
  };
  return () => notification.close();
}
