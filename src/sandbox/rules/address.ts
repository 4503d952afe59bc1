/** What Speakap may take for an e-mail address is not documented; this is what a mail server would be asked to deliver. */
export function isEmail(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>"(),;:\\]+@[^\s@<>"(),;:\\]+\.[^\s@.<>"(),;:\\]{2,}$/.test(text);
}

/** E.164: `+31612345678`. */
export function isTelephoneNumber(text: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(text);
}
